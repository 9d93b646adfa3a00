import {
  areComparable,
  changeWords,
  howMeasured,
  resultsByName,
  shellWord,
  type JsonObject,
  type MetricResult,
  type PublishedNumber,
  type Source,
} from '@dist-gan/core';
import type { EvaluationLine, RunEvent, StepLine, RunRecord } from '@dist-gan/runs';
import { packNumbers } from './packed.js';
import type {
  EvaluationRow,
  EventRow,
  GeneratorView,
  StepTable,
  Picture,
  RunState,
  RunSummary,
  RunView,
  SampleFrames,
} from './run-view.js';

/** What a preset says of its runs. */
export interface PresetWords {
  readonly title: string;
  readonly description: string;
  readonly source?: Source;
  readonly published: readonly PublishedNumber[];
}

export interface DescribedRun {
  readonly name: string;
  readonly record: RunRecord;
  readonly preset: PresetWords;
  /** In the order of the log. */
  readonly events: readonly RunEvent[];
  readonly state: RunState;
  readonly samples: SampleFrames;
  readonly pictures: readonly Picture[];
  readonly generator?: GeneratorView;
  readonly version: string;
}

/** A run as the page shows it. */
export function describeRun(run: DescribedRun): RunView {
  const { record, preset, events, samples, pictures, generator } = run;
  const { title, description, source, published } = preset;
  return {
    ...summariseRun(run),
    title,
    description,
    source: source === undefined ? '' : citation(source),
    losses: stepTable(events, ({ losses }) => losses),
    measurements: stepTable(events, ({ measurements }) => measurements),
    evaluations: evaluationRows(events),
    results: lastEvaluation(events)?.metrics ?? [],
    published,
    events: eventRows(run),
    samples,
    pictures,
    record: record as unknown as JsonObject,
    command: commandOf(record),
    ...(generator !== undefined && { generator }),
  };
}

/** A run as a list shows it. */
export function summariseRun({ name, record, events, state, version }: DescribedRun): RunSummary {
  const last = events.at(-1);
  const results = lastEvaluation(events)?.metrics ?? [];
  const data = (record.options.dataset as JsonObject | undefined)?.id ?? null;
  const failure = events.findLast((event) => event.event === 'failure');
  return {
    name,
    state,
    ...(failure !== undefined && state === 'failed' && { message: failure.message }),
    preset: record.preset,
    seed: record.seed,
    step: last?.step ?? 0,
    steps: record.steps ?? Number(record.options.steps ?? last?.step ?? 0),
    seconds: last?.seconds ?? 0,
    startedAt: record.startedAt ?? '',
    metrics: valuesOf(results),
    protocols: Object.fromEntries(
      [...resultsByName(results)].map(([name, result]) => [name, { data, ...howMeasured(result) }]),
    ),
    version,
  };
}

function lastEvaluation(events: readonly RunEvent[]): EvaluationLine | undefined {
  return events.findLast((event) => event.event === 'evaluation');
}

/** What steps say of something; steps that say nothing of it are left out. */
function stepTable(
  events: readonly RunEvent[],
  of: (line: StepLine) => Readonly<Record<string, number>> | undefined,
): StepTable {
  const lines = events.flatMap((event) => {
    const values = event.event === 'step' ? of(event) : undefined;
    return values === undefined ? [] : [{ step: event.step, seconds: event.seconds, values }];
  });
  const names = new Set(lines.flatMap(({ values }) => Object.keys(values)));
  return {
    steps: lines.map(({ step }) => step),
    seconds: lines.map(({ seconds }) => Math.round(seconds * 1000) / 1000),
    columns: Object.fromEntries(
      [...names].map((name) => [name, packNumbers(lines.map(({ values }) => values[name] ?? NaN))]),
    ),
  };
}

/** Values that were measured in another way than the last ones, as before a run went on with more samples, have another name: a curve is of one way. */
function evaluationRows(events: readonly RunEvent[]): EvaluationRow[] {
  const last = lastEvaluation(events);
  const [ways, rawWays] = [resultsByName(last?.metrics ?? []), resultsByName(last?.rawMetrics ?? [])];
  return events.flatMap((event) => {
    if (event.event !== 'evaluation') return [];
    const { step, seconds, metrics, rawMetrics, measurements } = event;
    const modes = metrics.find((result) => result.modes !== undefined)?.modes;
    return [
      {
        step,
        seconds,
        metrics: valuesOf(metrics, ways),
        ...(rawMetrics !== undefined && { rawMetrics: valuesOf(rawMetrics, rawWays) }),
        ...(measurements !== undefined && { measurements }),
        ...(modes !== undefined && { modes }),
      },
    ];
  });
}

function valuesOf(
  results: readonly MetricResult[],
  ways: ReadonlyMap<string, MetricResult> = new Map(),
): Record<string, number> {
  return Object.fromEntries(
    [...resultsByName(results)].map(([name, result]) => {
      const way = ways.get(name);
      const isOther = way !== undefined && !areComparable(howMeasured(way), howMeasured(result));
      return [isOther ? `${name}, measured otherwise` : name, result.value];
    }),
  );
}

/** When it began, each time that it went on, whatever else the log has beside steps and evaluations, and its end. */
function eventRows({ record, events, state }: DescribedRun): EventRow[] {
  const { startedAt, resumed = [], preset, seed } = record;
  const logged = events.filter((event) => event.event !== 'step' && event.event !== 'evaluation');
  const rows: EventRow[] = [
    { step: 0, at: startedAt, kind: 'started', text: `${preset}, seed ${seed}` },
    ...resumed.map(({ at, step, changed = [] }) => ({
      step,
      at,
      kind: 'resumed',
      text: ['from its newest checkpoint', ...changed.map(changeWords)].join('; '),
    })),
    ...logged.map((event) => ({ step: event.step, kind: event.event, text: textOf(event) })),
  ];
  const step = events.at(-1)?.step ?? 0;
  if (state === 'completed') rows.push({ step, kind: 'done', text: 'all of its steps' });
  if (state === 'crashed') {
    rows.push({ step, kind: 'crashed', text: 'its process is gone; dist-gan resume goes on' });
  }
  if (state === 'stopped')
    rows.push({ step, kind: 'stopped', text: 'before its last step; dist-gan resume goes on' });
  return rows.sort((a, b) => a.step - b.step);
}

function textOf(event: Exclude<RunEvent, StepLine | EvaluationLine>): string {
  if (event.event === 'failure') return event.message;
  if (event.event === 'stage') return `${event.stage}: ${event.outcome}`;
  const { guard, reason, action, restoredStep } = event;
  const state = restoredStep === undefined ? '' : `, with the state of step ${restoredStep}`;
  return `${guard}: ${reason}; ${action}${state}`;
}

function citation({ title, year, reference }: Source): string {
  return `${title} (${year})${reference === undefined ? '' : `, ${reference}`}`;
}

/** `run.json` says what is trained; what it runs on, and where data are, are flags. */
function commandOf({
  preset,
  seed,
  executor,
  target,
  device,
  threads,
  backend,
  dataFolder,
}: RunRecord): string {
  const engine = executor === 'eager' ? { backend } : { target, device, threads };
  const flags = Object.entries({ seed, config: 'run.json', ...engine, data: dataFolder });
  const words = flags.flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, shellWord(String(value))],
  );
  return ['dist-gan', 'train', preset, ...words].join(' ');
}
