import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isGanError, type MetricResult, type Preset } from '@dist-gan/core';
import {
  BestMetric,
  CheckpointSchedule,
  CheckpointStore,
  type CheckpointTimes,
  type RunEvent,
  type RunFolder,
  type RunRecord,
  type RunResult,
  type StepLine,
} from '@dist-gan/runs';
import type { EvaluationEvent, FailureEvent, RunState, StepEvent, TrainingResult } from '@dist-gan/trainer';
import type { ReconstructionPainter, SamplePainter } from '../pictures/index.js';
import type { Progress } from '../progress/index.js';
import { renderReport, type ReportContent } from '../report/index.js';

export interface RunRecorderOptions {
  readonly preset: Preset;
  readonly record: RunRecord;
  readonly folder: RunFolder;
  readonly progress: Progress;
  /** Draws samples; without it there are no pictures. */
  readonly painter: SamplePainter | undefined;
  /** Draws reconstructions of a method with an encoder; without it there are no such pictures. */
  readonly reconstructionPainter?: ReconstructionPainter;
  readonly checkpoints: CheckpointTimes & { readonly keep: number };
  /** The step that a resumed run goes on from, with what it logged up to there. */
  readonly resumed?: { readonly step: number; readonly events: readonly RunEvent[] };
  /** Hears of every event that is logged. */
  readonly onEvent?: (event: RunEvent) => void;
}

/** Lines of steps in a log at most, about. */
const loggedSteps = 2000;
/** Pictures in a report at most, the first and the last always among them. */
const reportedPictures = 13;

/** Listens to a run and writes it down: log, pictures, and in the end result and report. */
export class RunRecorder {
  private readonly events: RunEvent[] = [];
  private readonly pictures: { step: number; file: string }[] = [];
  private readonly checkpoints: CheckpointStore;
  private readonly checkpointTimes: CheckpointSchedule;
  private readonly best = new BestMetric();
  /** Of the last evaluation. */
  private reconstructions: string | undefined;
  private readonly lastPictures: { title: string; file: string }[] = [];
  private readonly logEvery: number;
  private latest: StepLine | undefined;
  private loggedStep = 0;
  private results: readonly MetricResult[] = [];

  constructor(private readonly options: RunRecorderOptions) {
    this.logEvery = Math.ceil(options.preset.steps / loggedSteps);
    const { folder, record, checkpoints, resumed } = options;
    this.checkpoints = new CheckpointStore(folder.checkpoints, checkpoints.keep);
    this.checkpointTimes = new CheckpointSchedule(checkpoints);
    if (resumed !== undefined) {
      this.events.push(...resumed.events);
      this.pictures.push(...folder.pictures('samples', resumed.step));
      this.reconstructions = folder.pictures('reconstructions', resumed.step).at(-1)?.file;
      for (const event of resumed.events) {
        if (event.event === 'evaluation') this.best.improved(event.metrics);
      }
      this.checkpointTimes.saved(resumed.events.at(-1)?.seconds ?? 0);
      // What comes after the step that the run goes on from is made again.
      this.checkpoints.removeAfter(resumed.step);
    }
    folder.writeRecord(record);
  }

  async step({ step, losses, learningRates, seconds, state }: StepEvent): Promise<void> {
    const line: StepLine = { event: 'step', step, losses, learningRates, seconds, memoryBytes: memory() };
    this.latest = line;
    if (step === 1 || step % this.logEvery === 0) this.logStep(line);
    this.options.progress.step(line);
    // Where an evaluation follows, its checkpoint is that of the step.
    const { every } = this.options.preset.evaluation;
    const evaluated = step % every === 0 || step === this.options.preset.steps;
    if (!evaluated && this.checkpointTimes.isDue(step, seconds)) this.save(await state());
  }

  async evaluation({
    step,
    samples,
    results,
    raw,
    generator,
    reconstruct,
    seconds,
    state,
  }: EvaluationEvent): Promise<void> {
    this.results = results;
    const line = { step, metrics: results, ...(raw !== undefined && { rawMetrics: raw.results }), seconds };
    this.log({ event: 'evaluation', ...line, memoryBytes: memory() });
    this.options.progress.evaluation(line);
    const { painter, reconstructionPainter, folder } = this.options;
    if (painter !== undefined) {
      this.pictures.push({
        step,
        file: folder.writePicture('samples', step, painter({ step, samples, results })),
      });
    }
    if (reconstructionPainter !== undefined && reconstruct !== undefined) {
      const png = await reconstructionPainter({ step, reconstruct, generated: samples });
      this.reconstructions = folder.writePicture('reconstructions', step, png);
    }
    await folder.writeGenerator(generator);
    const path = this.save(await state());
    const improved = this.best.improved(results);
    if (improved !== undefined) this.checkpoints.markBest(path, improved);
    const stepsPerSecond = seconds > 0 ? step / seconds : 0;
    this.writeReport({ outcome: 'running', steps: step, seconds, stepsPerSecond, results });
  }

  /** Saves what a failing run still has, unless that is what is wrong. */
  async failure({ error, state }: FailureEvent): Promise<void> {
    if (isGanError(error, 'VALUE_NON_FINITE') || isGanError(error, 'OUTPUT_UNWRITABLE')) return;
    try {
      const left = await state();
      const finite = [...left.tensors.values()].every(({ data }) =>
        data.every((value) => Number.isFinite(Number(value))),
      );
      if (finite && left.step > 0) this.save(left);
    } catch {
      // The error that ends the run is the one to tell.
    }
  }

  private save(state: RunState): string {
    const { options, seed, versions, executor, target, device, engine, backend } = this.options.record;
    const path = this.checkpoints.save({
      ...state,
      record: {
        options,
        seed,
        versions,
        engine: [executor, target, device, engine ?? backend].filter((part) => part !== undefined).join(' '),
      },
    });
    this.checkpointTimes.saved(state.seconds);
    return path;
  }

  /** Keeps a picture of the trained generator. */
  showLast(title: string, kind: 'interpolation' | 'latent-labels', step: number, png: Uint8Array): void {
    this.lastPictures.push({ title, file: this.options.folder.writePicture(kind, step, png) });
  }

  /** Writes `result.json` and the report. */
  finish(trained: TrainingResult): RunResult {
    const { record, folder } = this.options;
    this.logLatest();
    const { step: steps, seconds, stepsPerSecond, executor, results, rawResults } = trained;
    const measured = (all: readonly MetricResult[]) =>
      all.map(({ id, value, protocol }) => ({ id, value, protocol }));
    const result: RunResult = {
      preset: record.preset,
      seed: record.seed,
      steps,
      seconds,
      stepsPerSecond,
      executor,
      metrics: measured(results),
      ...(rawResults !== undefined && { rawMetrics: measured(rawResults) }),
    };
    folder.writeResult(result);
    this.writeReport({ outcome: trained.outcome, steps, seconds, stepsPerSecond, results: trained.results });
    return result;
  }

  /** Writes down why a run could not go on, with a report of what there is; there is no result. */
  fail(message: string): void {
    this.logLatest();
    const { step: steps = 0, seconds = 0 } = this.latest ?? {};
    this.log({ event: 'failure', step: steps, message, seconds });
    const stepsPerSecond = seconds > 0 ? steps / seconds : 0;
    this.writeReport({ outcome: 'failed', steps, seconds, stepsPerSecond, results: this.results });
  }

  private writeReport(
    outcome: Pick<ReportContent, 'outcome' | 'steps' | 'seconds' | 'stepsPerSecond' | 'results'>,
  ): void {
    const { preset, record, folder } = this.options;
    const read = (file: string) => readFileSync(join(folder.path, file));
    const pictures = evenly(this.pictures, reportedPictures).map(({ step, file }) => ({
      step,
      png: read(file),
    }));
    const last = [{ title: 'Reconstructions', file: this.reconstructions }, ...this.lastPictures].flatMap(
      ({ title, file }) => (file === undefined ? [] : [{ title, png: read(file) }]),
    );
    folder.writeReport(
      renderReport({ preset, record, events: this.events, pictures, lastPictures: last, ...outcome }),
    );
  }

  private logLatest(): void {
    if (this.latest !== undefined && this.latest.step !== this.loggedStep) this.logStep(this.latest);
  }

  private logStep(line: StepLine): void {
    this.loggedStep = line.step;
    this.log(line);
  }

  private log(event: RunEvent): void {
    this.events.push(event);
    this.options.folder.log(event);
    this.options.onEvent?.(event);
  }
}

function memory(): number {
  return process.memoryUsage.rss();
}

/** At most `most` of the items, evenly spread, first and last included. */
function evenly<Item>(items: readonly Item[], most: number): Item[] {
  if (items.length <= most) return [...items];
  return Array.from({ length: most }, (_, i) => items[Math.round((i * (items.length - 1)) / (most - 1))]);
}
