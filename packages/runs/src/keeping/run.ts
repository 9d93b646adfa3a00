import { CheckpointError, isGanError, toJson, type JsonObject } from '@dist-gan/core';
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
import type { Checkpoint } from '../checkpoints/checkpoint-file.js';
import { CheckpointSchedule } from '../checkpoints/checkpoint-schedule.js';
import { CheckpointStore } from '../checkpoints/checkpoint-store.js';
import type { EvaluationLine, RunEvent, StepLine } from '../events/run-event.js';
import { checkpointsFolder } from '../folder/layout.js';
import { isRun, readRecord } from '../folder/read-run.js';
import type { RunPlace } from '../folder/run-place.js';
import { differingOptions } from '../record/differing-options.js';
import { makeRecord } from '../record/make-record.js';
import { otherEngine } from '../record/other-engine.js';
import { compiledFor, engineWords, withChange, type RunRecord } from '../record/run-record.js';
import { measured, type RunResult } from '../record/run-result.js';
import { KeptRun, type KeepingOptions } from './kept-run.js';

export interface RunOptions extends KeepingOptions {
  /** The set-up as the record keeps it. Default: what `fit` knows of it. */
  readonly options?: JsonObject;
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
  /**
   * Dotted paths of options that may differ from those of the checkpoint that the run goes on from; with `engine` among them, what
   * runs the steps may. Default none.
   */
  readonly changed?: readonly string[];
}

type PictureOf = Uint8Array | undefined | Promise<Uint8Array | undefined>;

/** Minutes without a checkpoint at most; there is one at every evaluation, too. */
export const defaultCheckpointMinutes = 10;
/** Newest checkpoints that stay. */
export const defaultCheckpointsKept = 2;

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
export class Run extends KeptRun implements RunKeeper {
  readonly callbacks: Callbacks = {
    onStart: (event) => this.start(event),
    onStep: (event) => this.step(event),
    onEvaluation: (event) => this.evaluation(event),
    onGuard: (event) => this.guard(event),
    onFailure: (event) => this.failure(event),
    onEnd: (result) => this.finish(result),
  };

  private readonly schedule: CheckpointSchedule;
  private found: FoundRun | undefined;
  private plan: RunPlan | undefined;
  private record: RunRecord | undefined;

  constructor(
    where: { readonly path: string } | { readonly place: RunPlace },
    private readonly options: RunOptions,
  ) {
    super(where, options.reporters);
    const { everySteps = Infinity, everyMinutes = defaultCheckpointMinutes } = options.checkpoints ?? {};
    this.schedule = new CheckpointSchedule({ everySteps, everyMinutes });
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
    this.take(path);
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
    return this.hasFiles ? this.store(this.path).find(step) : undefined;
  }

  protected get startedAt(): number {
    return this.found?.checkpoint.step ?? 0;
  }

  /** What ran the steps before, and runs the next ones where nothing else is asked for. */
  get engine(): RunKeeper['engine'] {
    return compiledFor(this.found?.record);
  }

  private async start({ executor, engine, steps, step, improved }: StartEvent): Promise<void> {
    const { found } = this;
    const { seed, samples, options } = this.plan!;
    this.record = makeRecord(
      {
        seed,
        options: this.options.options ?? options,
        samples,
        executor,
        ...engine,
        before: found && {
          record: found.record,
          step: found.checkpoint.step,
          options: found.checkpoint.record.options,
        },
      },
      this.options,
    );
    const other =
      found &&
      otherEngine({
        path: this.path,
        step: found.checkpoint.step,
        before: found.checkpoint.record.engine,
        now: engineWords(this.record),
        changed: this.options.changed,
        openedBy: 'openRun',
      });
    if (found !== undefined && other !== undefined) {
      const [before, now] = [found.checkpoint.record.engine, engineWords(this.record)];
      this.record = withChange(this.record, { key: 'engine', before, now });
    }
    const folder = this.makeFolder();
    let events: readonly RunEvent[] = [];
    if (found !== undefined) {
      events = folder.rewindLog(step);
      this.schedule.saved(found.checkpoint.seconds);
      // What comes after the step that the run goes on from is made again.
      const store = this.store(folder.path);
      store.removeAfter(step);
      // A kill between the two leaves a checkpoint that is not marked.
      if (improved !== undefined) store.markBest(store.pathOf(step), improved);
    }
    await this.begun(this.record, { steps, step, events });
    if (other !== undefined) await this.notice(other);
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
      memoryBytes: process.memoryUsage.rss(),
    };
    await this.tellStep(line, steps);
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
      memoryBytes: process.memoryUsage.rss(),
    };
    await this.logEvaluation(line);
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
    await this.tellEvaluation({ line, samples, pictures, state: left });
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
    await this.failBy(error);
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

  private save(state: RunState): string {
    const { options, seed, versions } = this.record!;
    const path = this.store(this.files.path).save({
      ...state,
      record: { options, seed, versions, engine: engineWords(this.record!) },
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
