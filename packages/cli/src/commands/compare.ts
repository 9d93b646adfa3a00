import {
  areComparable,
  changeWords,
  howMeasured,
  OptionError,
  protocolWords,
  resultsByName,
  toJson,
  type MetricResult,
} from '@dist-gan/core';
import { differingOptions, type EvaluationLine } from '@dist-gan/runs';
import type { ParsedArguments } from '../arguments/index.js';
import { count, number, table } from '../progress/index.js';
import { asText, openNamedRun, type NamedRun } from '../runs/open-runs.js';
import type { Terminal } from '../terminal.js';
import { exitCodes, type Command } from './command.js';

export const compare: Command = {
  name: 'compare',
  positionals: [{ name: 'run', repeatable: true, description: 'folders of two runs or more' }],
  flags: [{ name: 'json', short: 'j', description: 'print JSON in place of tables' }],
  details: [
    'Numbers stand beside each other where they were measured by one protocol, of as many samples; where these differ, all are named and the\n' +
      'numbers are marked: they cannot be compared. Curves are of what was measured as the last number was.',
  ],
  examples: ['dist-gan compare runs/gaussian-grid-seed0 runs/gaussian-grid-seed1'],
  run: (given, terminal) => Promise.resolve(compareRuns(given, terminal)),
};

/** Rows of a curve at most. */
const curveRows = 12;

function compareRuns(given: ParsedArguments, terminal: Terminal): number {
  const names = given.positionalList('run');
  if (names.length < 2) {
    throw new OptionError(
      'compare needs two runs or more, for instance dist-gan compare runs/gaussian-grid-seed0 runs/gaussian-grid-seed1',
      'run',
      names.length,
    );
  }
  const runs = names.map((name) => openNamedRun(name, terminal));
  terminal.stdout.write(given.has('json') ? `${toJson(asJson(runs), 2)}\n` : asTables(runs));
  return exitCodes.success;
}

/** Every setting, and the seed and what ran it, that are not the same in all runs. */
function differences(runs: readonly NamedRun[]): { key: string; values: string[] }[] {
  const setups = runs.map(({ content: { record } }) => ({
    preset: record.preset,
    seed: record.seed,
    ...record.options,
    engine: record.engine ?? `${record.executor} ${record.backend}`,
    version: record.versions['dist-gan'] ?? '?',
    ...changesOf(record),
  }));
  const keys = new Set(
    setups.slice(1).flatMap((setup) => differingOptions(setups[0], setup).map(({ key }) => key)),
  );
  return [...keys].map((key) => ({ key, values: setups.map((setup) => asText(valueAt(setup, key))) }));
}

/** Settings of which the run had others at first. */
function changesOf({ resumed = [] }: NamedRun['content']['record']): Record<string, string> {
  const changes = resumed.flatMap(({ step, changed = [] }) =>
    changed.length === 0 ? [] : [`${changed.map(changeWords).join(', ')} from step ${count(step)} on`],
  );
  return changes.length === 0 ? {} : { 'changed on the way': changes.join('; ') };
}

function valueAt(value: unknown, key: string) {
  return key
    .split('.')
    .reduce<unknown>((inner, name) => (inner as Record<string, unknown> | undefined)?.[name], value) as never;
}

interface Compared {
  /** Of the metric, or its name where a run measured it in several ways. */
  readonly id: string;
  /** Of the last evaluation of each run; undefined where it has none. */
  readonly last: readonly (MetricResult | undefined)[];
  /** Whether those can stand beside each other: by one protocol, of as many samples. */
  readonly sameProtocol: boolean;
  /** Of each run: what was measured as its last number was, by step. A run that went on with other samples has others before. */
  readonly curves: readonly ReadonlyMap<number, number>[];
}

function compareMetrics(runs: readonly NamedRun[]): Compared[] {
  const evaluations = runs.map(({ content }) =>
    content.events.filter((event): event is EvaluationLine => event.event === 'evaluation'),
  );
  const named = evaluations.map((each) =>
    each.map(({ step, metrics }) => ({ step, results: resultsByName(metrics) })),
  );
  const ids = new Set(named.flatMap((each) => each.flatMap(({ results }) => [...results.keys()])));
  return [...ids].map((id) => {
    const last = named.map((each) => each.at(-1)?.results.get(id));
    const protocols = last.flatMap((result) => (result === undefined ? [] : [howMeasured(result)]));
    return {
      id,
      last,
      sameProtocol: protocols.every((protocol) => areComparable(protocols[0], protocol)),
      curves: named.map((each, i) => {
        const protocol = last[i] === undefined ? protocols[0] : howMeasured(last[i]);
        return new Map(
          each.flatMap(({ step, results }) => {
            const result = results.get(id);
            const isAlike =
              result !== undefined &&
              (protocol === undefined || areComparable(protocol, howMeasured(result)));
            return isAlike ? [[step, result.value] as const] : [];
          }),
        );
      }),
    };
  });
}

function asTables(runs: readonly NamedRun[]): string {
  const letters = runs.map((_, i) => (i < 26 ? String.fromCharCode(97 + i) : `run ${i + 1}`));
  const metrics = compareMetrics(runs);
  const settings = differences(runs);
  const heading = table([
    ['run', 'folder', 'state', 'steps'],
    ...runs.map(({ name, content: { state, events } }, i) => [
      letters[i],
      name,
      state,
      count(events.at(-1)?.step ?? 0),
    ]),
  ]);
  const sections = [
    settings.length === 0
      ? 'All settings are the same.\n'
      : `Settings that differ\n${table([['setting', ...letters], ...settings.map(({ key, values }) => [key, ...values])])}`,
    ...(metrics.length === 0
      ? ['None of them was evaluated.\n']
      : [`Last numbers\n${lastNumbers(metrics, letters)}`]),
    ...metrics.map(({ id, curves, sameProtocol }) => {
      const mark = sameProtocol ? '' : ' (protocols differ: see above)';
      return `${id} by step${mark}\n${curveTable(curves, letters)}`;
    }),
  ];
  return [heading, ...sections].join('\n');
}

function lastNumbers(metrics: readonly Compared[], letters: readonly string[]): string {
  const rows = metrics.map(({ id, last, sameProtocol }) => [
    sameProtocol ? id : `${id} (!)`,
    ...last.map((result) => (result === undefined ? '-' : number(result.value))),
  ]);
  const protocols = metrics.flatMap(({ id, last, sameProtocol }) => {
    const texts = last.map((result) => (result === undefined ? '-' : protocolWords(howMeasured(result))));
    if (sameProtocol) return [`${id}: ${texts.find((text) => text !== '-') ?? '-'}`];
    return [
      `${id} (!) was measured by different protocols, so that its numbers cannot be compared:`,
      ...texts.map((text, i) => `  ${letters[i]}: ${text}`),
    ];
  });
  return `${table([['metric', ...letters], ...rows])}\nProtocols\n${protocols.join('\n')}\n`;
}

function curveTable(curves: readonly ReadonlyMap<number, number>[], letters: readonly string[]): string {
  const steps = [...new Set(curves.flatMap((curve) => [...curve.keys()]))].sort((a, b) => a - b);
  const shown =
    steps.length <= curveRows
      ? steps
      : Array.from(
          { length: curveRows },
          (_, i) => steps[Math.round((i * (steps.length - 1)) / (curveRows - 1))],
        );
  return table([
    ['step', ...letters],
    ...shown.map((step) => [
      count(step),
      ...curves.map((curve) => (curve.has(step) ? number(curve.get(step)!) : '')),
    ]),
  ]);
}

function asJson(runs: readonly NamedRun[]) {
  return {
    runs: runs.map(({ name, content: { record, state, events } }) => ({
      run: name,
      preset: record.preset,
      seed: record.seed,
      state,
      step: events.at(-1)?.step ?? 0,
    })),
    settings: differences(runs),
    metrics: compareMetrics(runs).map(({ id, sameProtocol, last, curves }) => ({
      id,
      sameProtocol,
      last: last.map((result) => result ?? null),
      curves: curves.map((curve) => [...curve]),
    })),
  };
}
