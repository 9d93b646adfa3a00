import type { JsonObject, Recipe } from '@dist-gan/core';
import {
  emptyHistory,
  type EngineDescription,
  type RecipeCallbacks,
  type RecipeEvaluation,
  type RecipeKeeper,
  type RecipeResult,
  type RecipeStart,
  type RunPlan,
  type StageReport,
  type StageStore,
  type StepEvent,
} from '@dist-gan/trainer';
import { join } from 'node:path';
import type { EvaluationLine, RunEvent, StageLine, StepLine } from '../events/run-event.js';
import { isRun, readRecord } from '../folder/read-run.js';
import type { RunPlace } from '../folder/run-place.js';
import { makeRecord } from '../record/make-record.js';
import { otherEngine } from '../record/other-engine.js';
import { compiledFor, engineWords, withChange, type RunRecord } from '../record/run-record.js';
import { measured, type RunResult } from '../record/run-result.js';
import { stageFolder } from '../stages/stage-folder.js';
import { KeptRun, type KeepingOptions } from './kept-run.js';

export interface RecipeRunOptions extends KeepingOptions {
  /** Whose stages are run. */
  readonly recipe: Recipe;
  /** How steps run, for the record. Default `compiled`. */
  readonly engine?: Pick<RunRecord, 'target' | 'device'> & { readonly executor?: string };
  /** The set-up as the record keeps it. Default: what `runRecipe` knows of it. */
  readonly options?: JsonObject;
  /** With `engine` among them, what runs the steps may be another than before. Default none. */
  readonly changed?: readonly string[];
  /** A PNG picture of the samples, if there shall be one. */
  readonly picture?: (evaluation: RecipeEvaluation & { readonly step: number }) => PictureOf;
}

type PictureOf = Uint8Array | undefined | Promise<Uint8Array | undefined>;

/**
 * A run of a recipe that is kept in a folder: `runRecipe({ ..., run: openRecipeRun('my-run', { recipe }) })` writes it there, and goes on
 * with it from its stages where it is there already.
 *
 * @throws OutputError and others out of `runRecipe`: when another process writes the folder, when it is no run and not empty
 */
export function openRecipeRun(path: string, options: RecipeRunOptions): RecipeRun {
  return new RecipeRun(isRun(path) ? { path } : { place: { path, numbered: false } }, options);
}

/** As {@link openRecipeRun}, but always a run of its own: a place that is taken is refused, or numbered. */
export function newRecipeRun(place: RunPlace, options: RecipeRunOptions): RecipeRun {
  return new RecipeRun({ place }, options);
}

/**
 * What keeps a run of a recipe: its record, log, stages, picture and result. Steps and seconds are counted through all stages, and
 * losses are called `stage.phase/term`.
 */
export class RecipeRun extends KeptRun implements RecipeKeeper {
  readonly store: StageStore = {
    read: (stage) => stagesOf(this.path).read(stage),
    write: (stage, stored) => stagesOf(this.files.path).write(stage, stored),
  };
  readonly callbacks: RecipeCallbacks = {
    onStart: (event) => this.start(event),
    onEngine: (engine) => this.nameEngine(engine),
    onBegin: (stage) => this.beginStage(stage),
    onStep: (stage, event) => this.step(stage, event),
    onReport: (_, values) => void (this.reported = values),
    onStage: (report) => this.endStage(report),
    onEvaluation: (event) => this.evaluation(event),
    onFailure: (error) => this.failBy(error),
    onEnd: (result) => this.finish(result),
  };

  private plan: RunPlan | undefined;
  private before: RunRecord | undefined;
  /** What is written: until the first network is compiled, with the engine of what is kept from before. */
  private record: RunRecord | undefined;
  /** The same with what runs it now. */
  private recordNow: RunRecord | undefined;
  /** What ran what is kept from before, in words. */
  private engineBefore: string | undefined;
  private events: readonly RunEvent[] = [];
  private stepsDone = 0;
  /** Of the stages that are over. */
  private behind = { steps: 0, seconds: 0 };
  /** What a stage that computes told last. */
  private reported: StageLine['values'];

  constructor(
    where: { readonly path: string } | { readonly place: RunPlace },
    private readonly options: RecipeRunOptions,
  ) {
    super(where, options.reporters);
  }

  begin(plan: RunPlan): void {
    this.plan = plan;
    if (!('path' in this.where)) return;
    this.before = readRecord(this.where.path);
    this.take(this.where.path);
  }

  /** What ran the stages before, and runs the next ones where nothing else is asked for. */
  get engine(): RecipeKeeper['engine'] {
    return compiledFor(this.before);
  }

  protected get startedAt(): number {
    return this.stepsDone;
  }

  private async start({ steps, step, seconds }: RecipeStart): Promise<void> {
    const { before } = this;
    const { seed, samples, options } = this.plan!;
    const { executor = 'compiled', ...engine } = this.options.engine ?? {};
    this.stepsDone = step;
    this.recordNow = makeRecord(
      {
        seed,
        steps,
        options: this.options.options ?? options,
        samples,
        executor,
        ...engine,
        before: before && { record: before, step, options: before.options },
      },
      this.options,
    );
    const hasEngine = before?.executor === 'eager' || before?.engine !== undefined;
    if (before !== undefined && hasEngine && seconds > 0) this.engineBefore = engineWords(before);
    const other = executor === 'eager' ? this.otherEngine(this.recordNow) : undefined;
    if (other !== undefined) this.recordNow = this.ofOtherEngine(this.recordNow);
    const folder = this.makeFolder();
    if (before !== undefined) this.events = folder.rewindLog(step);
    const isKnown = this.engineBefore === undefined || executor === 'eager';
    this.record = isKnown ? this.recordNow : withEngineOf(before!, this.recordNow);
    await this.begun(this.record, { steps, step, events: this.events });
    if (other !== undefined) await this.notice(other);
  }

  /** Which engine it is comes to light when the first network is compiled. */
  private async nameEngine(engine: EngineDescription): Promise<void> {
    const named = { ...this.recordNow!, ...engine };
    if (engineWords(named) === engineWords(this.recordNow!)) return;
    const other = this.otherEngine(named);
    const record = other === undefined ? named : this.ofOtherEngine(named);
    this.recordNow = record;
    this.record = record;
    this.files.writeRecord(record);
    await this.notice(`compiled for ${engine.engine} on ${engine.device}`);
    if (other !== undefined) await this.notice(other);
  }

  /**
   * What is to be said where another engine goes on than ran what is kept, which may.
   *
   * @throws CheckpointError where it may not
   */
  private otherEngine(now: RunRecord): string | undefined {
    const { path, stepsDone: step, engineBefore: before } = this;
    if (before === undefined) return undefined;
    const { changed } = this.options;
    return otherEngine({ path, step, before, now: engineWords(now), changed, openedBy: 'openRecipeRun' });
  }

  private ofOtherEngine(record: RunRecord): RunRecord {
    return withChange(record, { key: 'engine', before: this.engineBefore, now: engineWords(record) });
  }

  private async beginStage(stage: string): Promise<void> {
    const isThere = this.events.some((event) => event.event === 'stage' && event.stage === stage);
    this.reported = undefined;
    if (!isThere) await this.logStage(stage, 'begun', this.behind.seconds);
  }

  private async step(stage: string, event: StepEvent): Promise<void> {
    const { losses, learningRates, timing, samplesPerSecond } = event;
    const inStage = <Value>(values: Readonly<Record<string, Value>>): Record<string, Value> =>
      Object.fromEntries(Object.entries(values).map(([name, value]) => [`${stage}.${name}`, value]));
    this.stepsDone = this.behind.steps + event.step;
    const line: StepLine = {
      event: 'step',
      step: this.stepsDone,
      losses: inStage(losses),
      learningRates: inStage(learningRates),
      timing,
      samplesPerSecond,
      seconds: this.behind.seconds + event.seconds,
      memoryBytes: process.memoryUsage.rss(),
    };
    await this.tellStep(line, this.plan!.steps);
  }

  private async endStage({ name, outcome, seconds }: StageReport): Promise<void> {
    await this.logLatest();
    const total = this.behind.seconds + seconds;
    if (outcome === 'aborted') return this.logStage(name, outcome, total);
    const stage = this.options.recipe.stages.find((each) => each.name === name);
    this.behind = {
      steps: this.behind.steps + (stage !== undefined && 'steps' in stage ? stage.steps : 0),
      seconds: total,
    };
    if (outcome === 'completed') await this.logStage(name, outcome, total);
  }

  private async logStage(stage: string, outcome: StageLine['outcome'], seconds: number): Promise<void> {
    await this.log({
      event: 'stage',
      step: this.stepsDone,
      stage,
      outcome,
      ...(this.reported !== undefined && outcome !== 'begun' && { values: this.reported }),
      seconds,
    });
  }

  private async evaluation(event: RecipeEvaluation): Promise<void> {
    const { samples, results, tensors } = event;
    const { steps: step, seconds } = this.behind;
    const line: EvaluationLine = {
      event: 'evaluation',
      step,
      metrics: results,
      seconds,
      memoryBytes: process.memoryUsage.rss(),
    };
    await this.logEvaluation(line);
    const png = await this.options.picture?.({ ...event, step });
    if (png !== undefined) this.files.writePicture('samples', step, png);
    await this.tellEvaluation({
      line,
      samples,
      pictures: new Map(png === undefined ? [] : [['samples', png]]),
      state: { step, seconds, history: emptyHistory, tensors: new Map(Object.entries(tensors)) },
    });
  }

  private async finish({ outcome, results }: RecipeResult): Promise<void> {
    const { steps, seconds } = this.behind;
    const { preset, seed, executor } = this.record!;
    const result: RunResult = {
      preset,
      seed,
      steps,
      seconds,
      stepsPerSecond: seconds > 0 ? steps / seconds : 0,
      executor,
      metrics: measured(results),
    };
    // The log says where a run that was ended stands; its stages are what it goes on from.
    if (outcome === 'completed') this.files.writeResult(result);
    await this.end({ outcome, result });
  }
}

function stagesOf(run: string): StageStore {
  return stageFolder(join(run, 'stages'));
}

/** The record of now with what ran the steps before: a run that may not go on shall still say that. */
function withEngineOf({ executor, target, device, engine, backend }: RunRecord, now: RunRecord): RunRecord {
  const { target: _target, device: _device, engine: _engine, ...rest } = now;
  return {
    ...rest,
    executor,
    backend,
    ...(target !== undefined && { target }),
    ...(device !== undefined && { device }),
    ...(engine !== undefined && { engine }),
  };
}
