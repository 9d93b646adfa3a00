import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import {
  changeWords,
  howMeasured,
  protocolWords,
  statIfAny,
  toJson,
  type MetricResult,
} from '@dist-gan/core';
import {
  CheckpointStore,
  machineWords,
  stepsOf,
  type Checkpoint,
  type EvaluationLine,
  type RunContent,
  type RunRecord,
} from '@dist-gan/runs';
import type { ParsedArguments } from '../arguments/index.js';
import { count, duration, number, table } from '../progress/index.js';
import { flatOptions, openNamedRun, required } from '../runs/open-runs.js';
import type { Terminal } from '../terminal.js';
import { exitCodes, type Command } from './command.js';

export const show: Command = {
  name: 'show',
  positionals: [{ name: 'run', description: 'the folder of a run, or a checkpoint in it' }],
  flags: [{ name: 'json', short: 'j', description: 'print everything as JSON' }],
  details: [
    'A run is running (a living process writes it), completed, stopped (somebody ended it before its last step), failed (an error did) or\n' +
      'crashed (its process vanished). dist-gan resume goes on with all but the first.',
  ],
  examples: [
    'dist-gan show runs/gaussian-grid-seed0',
    'dist-gan show runs/mnist-seed0/checkpoints/best-fid.safetensors',
  ],
  run: (given, terminal) => Promise.resolve(showRun(given, terminal)),
};

function showRun(given: ParsedArguments, terminal: Terminal): number {
  const name = required(given.positional('run'), 'show');
  const { opened, content } = openNamedRun(name, terminal);
  const { checkpoint: path } = opened;
  const checkpoint = path === undefined ? undefined : new CheckpointStore(dirname(path)).read(basename(path));
  const text = given.has('json')
    ? `${toJson(checkpoint === undefined ? content : describeCheckpoint(checkpoint), 2)}\n`
    : checkpoint === undefined
      ? runText(name, content)
      : checkpointText(name, checkpoint);
  terminal.stdout.write(text);
  return exitCodes.success;
}

function runText(name: string, content: RunContent): string {
  const { record, events, result, checkpoints } = content;
  const evaluation = events.filter((event) => event.event === 'evaluation').at(-1);
  const sections = [
    `${name}: ${record.preset}, seed ${record.seed}\n${facts(content)}`,
    numbers(evaluation, result?.steps),
    section('Settings', [['setting', 'value'], ...flatOptions(record.options)]),
    section('Checkpoints', [
      ['checkpoint', 'bytes'],
      ...checkpoints.map((each) => [`checkpoints/${each.name}`, count(each.size)]),
    ]),
    section('Files', [['file', 'bytes'], ...files(content.path)]),
  ];
  return `${sections.filter((text) => text !== '').join('\n')}`;
}

function facts({ record, events, state }: RunContent): string {
  const last = events.at(-1);
  const failure = last?.event === 'failure' ? `: ${last.message}` : '';
  const { versions } = record;
  // Of a record that somebody has shortened.
  const { startedAt = 'unknown', gitCommit = null } = record as Partial<RunRecord>;
  const engine = [record.executor, record.engine, record.device, record.backend].filter(Boolean).join(', ');
  const rows = [
    ['state', `${state}${failure}`],
    ['steps', `${count(last?.step ?? 0)} of ${count(stepsOf(record))}`],
    ['trained', duration(last?.seconds ?? 0)],
    ['started', startedAt],
    ...(record.resumed ?? []).map(({ at, step, changed = [] }) => {
      const changes = changed.map(changeWords).join(', ');
      return ['resumed', `${at}, from step ${count(step)} on${changes === '' ? '' : `: ${changes}`}`];
    }),
    ['engine', engine === '' ? 'unknown' : engine],
    ['machine', machineWords(record)],
    ['versions', `dist-gan ${versions['dist-gan'] ?? '?'}, node ${versions.node ?? '?'}`],
    ...(gitCommit === null ? [] : [['commit', gitCommit]]),
  ];
  return rows.map(([key, value]) => `${key.padEnd(9)} ${value}\n`).join('');
}

function numbers(evaluation: EvaluationLine | undefined, finalStep: number | undefined): string {
  if (evaluation === undefined) return '';
  const title = `Numbers at step ${count(evaluation.step)}${evaluation.step === finalStep ? ' (the end)' : ''}`;
  const rows = (results: readonly MetricResult[], of: string) =>
    results.map((result) => [`${result.id}${of}`, number(result.value), protocolWords(howMeasured(result))]);
  return section(title, [
    ['metric', 'value', 'protocol'],
    ...rows(evaluation.metrics, ''),
    ...rows(evaluation.rawMetrics ?? [], ' (raw)'),
  ]);
}

function section(title: string, rows: readonly (readonly string[])[]): string {
  return rows.length < 2 ? '' : `${title}\n${table(rows)}`;
}

function files(run: string): string[][] {
  return readdirSync(run, { withFileTypes: true })
    .filter((entry) => !entry.name.startsWith('.') && entry.name !== 'checkpoints')
    .map((entry) => {
      const path = join(run, entry.name);
      if (!entry.isDirectory()) return [entry.name, count(bytesOf(path))];
      const inside = readdirSync(path);
      const bytes = inside.reduce((sum, name) => sum + bytesOf(join(path, name)), 0);
      return [`${entry.name}/ (${count(inside.length)} files)`, count(bytes)];
    });
}

/** Of a link that leads nowhere or to itself none. */
function bytesOf(path: string): number {
  return statIfAny(path)?.size ?? 0;
}

function describeCheckpoint({ step, seconds, tensors, record }: Checkpoint) {
  return {
    step,
    seconds,
    ...record,
    tensors: Object.fromEntries([...tensors].map(([name, { shape }]) => [name, [...shape]])),
  };
}

function checkpointText(name: string, checkpoint: Checkpoint): string {
  const { step, seconds, record, tensors } = checkpoint;
  return [
    `${name}: step ${count(step)}, after ${duration(seconds)}, seed ${record.seed}, on ${record.engine}\n`,
    section('Settings', [['setting', 'value'], ...flatOptions(record.options)]),
    section('Tensors', [
      ['tensor', 'shape'],
      ...[...tensors].map(([tensor, { shape }]) => [tensor, `[${shape.join(', ')}]`]),
    ]),
  ].join('\n');
}
