/// <reference lib="esnext.disposable" preserve="true" />
import { CheckpointError, isGanError, toJson, type JsonObject, type MetricResult } from '@dist-gan/core';
import type {
  Callbacks,
  EvaluationEvent,
  FailureEvent,
  GuardEvent,
  RunKeeper,
  RunPlan,
  RunState,
  StartEvent,
  StepEvent,
  TrainingResult,
} from '@dist-gan/trainer';
import { getBackend } from '@tensorflow/tfjs-core';
import type { Checkpoint } from '../checkpoints/checkpoint-file.js';
import { CheckpointSchedule } from '../checkpoints/checkpoint-schedule.js';
import { CheckpointStore } from '../checkpoints/checkpoint-store.js';
import type { EvaluationLine, RunEvent, StepLine } from '../events/run-event.js';
import { removeUnfinished } from '../files/atomic-write.js';
import { checkpointsFolder } from '../folder/layout.js';
import { isRun, readRecord } from '../folder/read-run.js';
import { RunFolder } from '../folder/run-folder.js';
import { freePath, type RunPlace } from '../folder/run-place.js';
import { lockRun, type RunLock } from '../lock/run-lock.js';
import { differingOptions } from '../record/differing-options.js';
import { describeMachine, gitCommit, installedVersions } from '../record/environment.js';
import type { RunRecord } from '../record/run-record.js';
import type { RunResult } from '../record/run-result.js';
import { AllReporters } from '../reporters/all-reporters.js';
import type { Reporter } from '../reporters/reporter.js';

export interface RunOptions {
  /** What the record calls the run's set-up, as the preset of a run of the command line. Default: method and data set. */
  readonly name?: string;
  /** The set-up as the record keeps it. Default: what `fit` knows of it. */
  readonly options?: JsonObject;
  /** Who is told how the run goes. Default nobody. */
  readonly reporters?: readonly Reporter[];
  readonly checkpoints?: {
    /** Training steps between two checkpoints, beside those at evaluations. Default: none for the steps alone. */
    readonly everySteps?: number | undefined;
    /** Minutes without a checkpoint at most. Default 10. */
    readonly everyMinutes?: number | undefined;
    /** Newest checkpoints that stay, beside the best. Default 2. */
    readonly keep?: number | undefined;
  };
  /** PNG pictures of every evaluation, by the folder that they go into. Default none. */
  readonly pictures?: Readonly<Record<string, (event: EvaluationEvent) => PictureOf>>;
  /** Dotted paths of options that may differ from those of the checkpoint that the run goes on from. Default none. */
  readonly changed?: readonly string[];
  /** Where git is asked for the commit. Default: where the process was started. */
  readonly workingDirectory?: string;
  /** For the record: threads, and the folder with data files, that were asked for. */
  readonly threads?: number | undefined;
  readonly dataFolder?: string | undefined;
}

type PictureOf = Uint8Array | undefined | Promise<Uint8Array | undefined>;

/** Minutes without a checkpoint at most; there is one at every evaluation, too. */
export const defaultCheckpointMinutes = 10;
/** Newest checkpoints that stay. */
export const defaultCheckpointsKept = 2;

/** Lines of steps in a log at most, about. */
const loggedSteps = 2000;

/**
 * A run that is kept in a folder: `fit({ ..., run: openRun('my-run') })` writes it there, and goes on with it from its newest
 * checkpoint where it is there already. The folder is made when the first step is about to run.
 *
 * @throws OutputError, CheckpointError and others out of `fit`: when another process writes the folder, when it is no run and
 * not empty, when no checkpoint can be read, when options are others than before
 */
export function openRun(path: string, options: RunOptions = {}): Run {
  return new Run(isRun(path) ? { path } : { place: { path, numbered: false } }, options);
}

/** As {@link openRun}, but always a run of its own: a place that is taken is refused, or numbered. */
export function newRun(place: RunPlace, options: RunOptions = {}): Run {
  return new Run({ place }, options);
}

/** A run that was there: what it goes on from. */
export interface FoundRun {
  readonly record: RunRecord;
  readonly checkpoint: Checkpoint;
}

/** What keeps one run: its record, log, checkpoints, generator, pictures and result. */
export class Run implements RunKeeper {
  readonly callbacks: Callbacks = {
    onStart: (event) => this.start(event),
    onStep: (event) => this.step(event),
    onEvaluation: (event) => this.evaluation(event),
    onGuard: (event) => this.guard(event),
    onFailure: (event) => this.failure(event),
    onEnd: (result) => this.finish(result),
  };

  private readonly reporters: AllReporters;
  private readonly schedule: CheckpointSchedule;
  private lock: RunLock | undefined;
  private found: FoundRun | undefined;
  private plan: RunPlan | undefined;
  private folder: RunFolder | undefined;
  private record: RunRecord | undefined;
  private latest: StepLine | undefined;
  private loggedStep = 0;
  private evaluatedStep = -1;
  private failed = false;
  private told: 'nothing' | 'start' | 'end' = 'nothing';

  constructor(
    private readonly where: { readonly path: string } | { readonly place: RunPlace },
    private readonly options: RunOptions,
  ) {
    this.reporters = new AllReporters(options.reporters ?? []);
    const { everySteps = Infinity, everyMinutes = defaultCheckpointMinutes } = options.checkpoints ?? {};
    this.schedule = new CheckpointSchedule({ everySteps, everyMinutes });
  }

  /** The run's folder; of a new one, where it will be. */
  get path(): string {
    if (this.folder !== undefined) return this.folder.path;
    return 'path' in this.where ? this.where.path : freePath(this.where.place);
  }

  /** Whether there is a folder to write into. */
  get hasFiles(): boolean {
    return this.folder !== undefined;
  }

  /** Where to write beside what is kept here. There is one from `onStart` on. */
  get files(): RunFolder {
    if (this.folder === undefined)
      throw new Error('the folder of a run is made when its first step is about to run');
    return this.folder;
  }

  /** Tells all reporters something that a user should know, in one line. */
  async notice(message: string): Promise<void> {
    await this.reporters.tell('notice', message);
  }

  /**
   * Keeps other processes out and reads what the run goes on from; undefined for a new one. `fit` does it, too: for whoever
   * must know before.
   *
   * @throws OutputError when another process writes it, CheckpointError when no checkpoint can be read
   */
  async find(): Promise<FoundRun | undefined> {
    if (this.found !== undefined || !('path' in this.where)) return this.found;
    const { path } = this.where;
    const record = readRecord(path);
    this.lock ??= lockRun(path);
    removeUnfinished(path);
    const damaged: string[] = [];
    const checkpoint = this.store(path).newest(({ message }) => damaged.push(message));
    for (const message of damaged) await this.notice(`${message}; going on from the checkpoint before`);
    this.found = { record, checkpoint };
    return this.found;
  }

  async begin(plan: RunPlan): Promise<RunState | undefined> {
    this.plan = plan;
    const found = await this.find();
    if (found !== undefined) this.assertSameOptions(found, plan);
    return found?.checkpoint;
  }

  /** The checkpoint of a step, if it is still there: the best one is. */
  findState(step: number): RunState | undefined {
    return this.folder && this.store(this.folder.path).find(step);
  }

  /** Lets others write the folder again. A second call does nothing. */
  async close(): Promise<void> {
    this.lock?.release();
    this.lock = undefined;
    if (this.told === 'start') await this.end({ outcome: 'failed', message: 'it was ended' });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  /** Writes down at once why the run could not go on; a second call does nothing. There is no result then. */
  async fail(message: string): Promise<void> {
    if (this.failed || this.folder === undefined) return;
    this.failed = true;
    const { step = this.found?.checkpoint.step ?? 0, seconds = 0 } = this.latest ?? {};
    const lines: RunEvent[] = [...this.unlogged(), { event: 'failure', step, message, seconds }];
    // Before anything is waited for: the process may be about to end.
    for (const line of lines) this.files.log(line);
    for (const line of lines) await this.reporters.tell('log', line);
    await this.end({ outcome: 'failed', message });
  }

  private async start({ executor, engine, steps, step }: StartEvent): Promise<void> {
    const { found } = this;
    if ('place' in this.where) {
      this.folder = RunFolder.create(this.where.place);
      this.lock = lockRun(this.folder.path);
    } else {
      this.folder = RunFolder.open(this.where.path).folder;
    }
    this.record = this.describe({ executor, engine });
    let events: readonly RunEvent[] = [];
    if (found !== undefined) {
      events = this.folder.rewindLog(step);
      for (const event of events) {
        if (event.event !== 'evaluation') continue;
        this.evaluatedStep = event.step;
      }
      this.schedule.saved(found.checkpoint.seconds);
      // What comes after the step that the run goes on from is made again.
      this.store(this.folder.path).removeAfter(step);
    }
    this.folder.writeRecord(this.record);
    this.told = 'start';
    await this.reporters.tell('start', {
      folder: this.folder.path,
      record: this.record,
      steps,
      step,
      events,
    });
  }

  private async step(event: StepEvent): Promise<void> {
    const { step, losses, learningRates, measurements, timing, samplesPerSecond, seconds, state } = event;
    const { steps, options } = this.plan!;
    const line: StepLine = {
      event: 'step',
      step,
      losses,
      learningRates,
      ...(Object.keys(measurements).length > 0 && { measurements }),
      timing,
      samplesPerSecond,
      seconds,
      memoryBytes: memory(),
    };
    this.latest = line;
    if (step === 1 || step % Math.ceil(steps / loggedSteps) === 0) await this.logLatest();
    await this.reporters.tell('step', line);
    // Where an evaluation follows, its checkpoint is that of the step.
    const { every = Infinity } = (options.evaluation ?? {}) as { every?: number };
    const evaluated = options.evaluation !== null && (step % every === 0 || step === steps);
    if (!evaluated && (step === steps || this.schedule.isDue(step, seconds))) this.save(await state());
  }

  private async evaluation(event: EvaluationEvent): Promise<void> {
    const { step, samples, results, raw, generator, measurements, improved, seconds, state } = event;
    const line: EvaluationLine = {
      event: 'evaluation',
      step,
      metrics: results,
      ...(raw !== undefined && { rawMetrics: raw.results }),
      ...(Object.keys(measurements).length > 0 && { measurements }),
      seconds,
      memoryBytes: memory(),
    };
    // A run that goes on from its last step is evaluated there again.
    if (this.evaluatedStep !== step) await this.log(line);
    this.evaluatedStep = step;
    const pictures = new Map<string, Uint8Array>();
    for (const [kind, draw] of Object.entries(this.options.pictures ?? {})) {
      const png = await draw(event);
      if (png === undefined) continue;
      this.files.writePicture(kind, step, png);
      pictures.set(kind, png);
    }
    await this.files.writeGenerator(generator);
    const left = await state();
    const path = this.save(left);
    if (improved !== undefined) this.store(this.files.path).markBest(path, improved);
    await this.reporters.tell('evaluation', { line, samples, pictures, state: left });
  }

  private async guard({ step, ...told }: GuardEvent): Promise<void> {
    await this.logLatest();
    await this.log({ event: 'guard', step, ...told });
    const restored = told.restoredStep === undefined ? '' : `, at the state of step ${told.restoredStep}`;
    const done = { warned: 'goes on', restored: 'goes on', stopped: 'ends' }[told.action];
    await this.notice(`step ${step}, ${told.guard}: ${told.reason}; the run ${done}${restored}`);
  }

  /** Saves what a failing run still has, unless that is what is wrong. */
  private async failure({ error, state }: FailureEvent): Promise<void> {
    try {
      if (!isGanError(error, 'VALUE_NON_FINITE') && !isGanError(error, 'OUTPUT_UNWRITABLE')) {
        const left = await state();
        const finite = [...left.tensors.values()].every(({ data }) =>
          data.every((value) => Number.isFinite(Number(value))),
        );
        if (finite && left.step > 0) this.save(left);
      }
    } catch {
      // The error that ends the run is the one to tell.
    }
    try {
      await this.fail(error instanceof Error ? error.message : String(error));
    } catch {
      // Here, too.
    }
  }

  private async finish(trained: TrainingResult): Promise<void> {
    await this.logLatest();
    const { step: steps, seconds, stepsPerSecond, executor, results, rawResults, outcome } = trained;
    const { preset, seed } = this.record!;
    const result: RunResult = {
      preset,
      seed,
      steps,
      seconds,
      stepsPerSecond,
      executor,
      metrics: measured(results),
      ...(rawResults !== undefined && { rawMetrics: measured(rawResults) }),
    };
    this.files.writeResult(result);
    await this.end({ outcome, result });
  }

  private async end(end: Parameters<NonNullable<Reporter['end']>>[0]): Promise<void> {
    if (this.told !== 'start') return;
    this.told = 'end';
    await this.reporters.tell('end', end);
  }

  private save(state: RunState): string {
    const { options, seed, versions, executor, target, device, engine, backend } = this.record!;
    const path = this.store(this.files.path).save({
      ...state,
      record: {
        options,
        seed,
        versions,
        engine: [executor, target, device, engine ?? backend].filter((part) => part !== undefined).join(' '),
      },
    });
    this.schedule.saved(state.seconds);
    return path;
  }

  private store(path: string): CheckpointStore {
    return new CheckpointStore(
      checkpointsFolder(path),
      this.options.checkpoints?.keep ?? defaultCheckpointsKept,
    );
  }

  private async logLatest(): Promise<void> {
    for (const line of this.unlogged()) await this.log(line);
  }

  /** The line of the latest step, where the log has it not yet. */
  private unlogged(): StepLine[] {
    if (this.latest === undefined || this.latest.step === this.loggedStep) return [];
    this.loggedStep = this.latest.step;
    return [this.latest];
  }

  private async log(event: RunEvent): Promise<void> {
    this.files.log(event);
    await this.reporters.tell('log', event);
  }

  private describe({ executor, engine }: Pick<StartEvent, 'executor' | 'engine'>): RunRecord {
    const { seed, samples, options } = this.plan!;
    const { threads, dataFolder, workingDirectory = process.cwd(), name } = this.options;
    const { record, checkpoint } = this.found ?? {};
    const now = new Date().toISOString();
    return {
      preset: name ?? record?.preset ?? nameOf(options),
      seed,
      options: this.options.options ?? options,
      samples,
      executor,
      ...engine,
      ...(threads !== undefined && { threads }),
      backend: getBackend(),
      versions: installedVersions(),
      machine: describeMachine(),
      gitCommit: gitCommit(workingDirectory),
      ...(dataFolder !== undefined && { dataFolder }),
      startedAt: record?.startedAt ?? now,
      ...(checkpoint !== undefined && {
        resumed: [...(record?.resumed ?? []), { at: now, step: checkpoint.step }],
      }),
    };
  }

  /** @throws CheckpointError with the options that differ from those of the checkpoint, but for those that may */
  private assertSameOptions({ checkpoint: { step, record } }: FoundRun, { seed, options }: RunPlan): void {
    const { changed = [] } = this.options;
    const differences = [
      ...differingOptions(record.options, this.options.options ?? options),
      ...(record.seed === seed ? [] : [{ key: 'seed', before: record.seed, now: seed }]),
    ].filter(
      ({ key }) => key !== 'steps' && !changed.some((name) => key === name || key.startsWith(`${name}.`)),
    );
    if (differences.length === 0) return;
    const list = differences
      .map(({ key, before, now }) => `${key} was ${toJson(before)} and is ${toJson(now)}`)
      .join(', ');
    throw new CheckpointError(
      `${this.path}: the checkpoint of step ${step} was trained with other options: ${list}; go on with those that were, name ` +
        'those that may change (--set, or changed of openRun), or train again in another folder',
      this.path,
    );
  }
}

function nameOf({ method, dataset }: JsonObject): string {
  return [method, dataset].map((item) => (item as { id?: string } | undefined)?.id ?? '?').join(' on ');
}

function measured(results: readonly MetricResult[]): RunResult['metrics'] {
  return results.map(({ id, value, protocol }) => ({ id, value, protocol }));
}

function memory(): number {
  return process.memoryUsage.rss();
}
