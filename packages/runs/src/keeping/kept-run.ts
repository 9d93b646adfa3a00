/// <reference lib="esnext.disposable" preserve="true" />
import { isDeepStrictEqual } from 'node:util';
import { fromJson, OutputError, removeUnfinished, toJson } from '@dist-gan/core';
import type { EvaluationLine, RunEvent, StepLine } from '../events/run-event.js';
import { RunFolder } from '../folder/run-folder.js';
import { freePath, type RunPlace } from '../folder/run-place.js';
import { lockRun, type RunLock } from '../lock/run-lock.js';
import type { RunRecord } from '../record/run-record.js';
import { AllReporters } from '../reporters/all-reporters.js';
import type { Reporter, RunEnd, RunStart } from '../reporters/reporter.js';

/** What every run is kept with, whether it trains one method or the stages of a recipe. */
export interface KeepingOptions {
  /** What the record calls the run's set-up, as the preset of a run of the command line. Default: what it trains, and the data set. */
  readonly name?: string;
  /** Who is told how the run goes. Default nobody. */
  readonly reporters?: readonly Reporter[];
  /** Where git is asked for the commit. Default: where the process was started. */
  readonly workingDirectory?: string;
  /** For the record: threads, and the folder with data files, that were asked for. */
  readonly threads?: number | undefined;
  readonly dataFolder?: string | undefined;
}

/** Lines of steps in a log at most, about. */
const loggedSteps = 2000;

/** The folder of a run while it is written: lock, log and reporters. */
export abstract class KeptRun {
  private readonly reporters: AllReporters;
  private lock: RunLock | undefined;
  private folder: RunFolder | undefined;
  private latest: StepLine | undefined;
  /** As the log has it last. */
  private evaluated: EvaluationLine | undefined;
  private loggedStep = 0;
  private failed = false;
  private told: 'nothing' | 'start' | 'end' = 'nothing';

  constructor(
    protected readonly where: { readonly path: string } | { readonly place: RunPlace },
    reporters: readonly Reporter[] = [],
  ) {
    this.reporters = new AllReporters(reporters);
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

  /**
   * Where to write beside what is kept here, and what is kept here, too: asked for before every writing. There is one from `onStart` on.
   *
   * @throws OutputError when another process has taken the folder over
   */
  get files(): RunFolder {
    if (this.folder === undefined)
      throw new Error('the folder of a run is made when its first step is about to run');
    if (this.isTaken) {
      const { path } = this.folder;
      throw new OutputError(
        `${path} was taken over by another process while this one was held up; leave the run to that one`,
        path,
      );
    }
    return this.folder;
  }

  /** Tells all reporters something that a user should know, in one line. */
  async notice(message: string): Promise<void> {
    await this.reporters.tell('notice', message);
  }

  /** Lets others write the folder again. A second call does nothing. */
  async close(): Promise<void> {
    this.lock?.release();
    this.lock = undefined;
    if (this.told === 'start') await this.end({ outcome: 'failed', message: 'it was ended' });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** Writes down at once why the run could not go on; a second call does nothing. There is no result then. */
  async fail(message: string): Promise<void> {
    if (this.failed || this.folder === undefined || this.isTaken) return;
    this.failed = true;
    const { step, seconds } = this.latest ?? { step: this.startedAt, seconds: 0 };
    const lines: RunEvent[] = [...this.unlogged(), { event: 'failure', step, message, seconds }];
    // Before anything is waited for: the process may be about to end.
    for (const line of lines) this.files.log(line);
    for (const line of lines) await this.reporters.tell('log', line);
    await this.end({ outcome: 'failed', message });
  }

  /** As `fail`, of the error that ends the run: that is the one to tell, whatever goes wrong on top of it. */
  protected async failBy(error: unknown): Promise<void> {
    try {
      await this.fail(error instanceof Error ? error.message : String(error));
    } catch {
      // A full disk, for instance.
    }
  }

  private get isTaken(): boolean {
    return this.lock?.isHeld() === false;
  }

  /** Of the step that the run goes on from; 0 where it begins. */
  protected abstract get startedAt(): number;

  /** Keeps other processes out of the folder of a run that is there, and cleans up behind one that was killed. */
  protected take(path: string): void {
    this.lock ??= lockRun(path);
    removeUnfinished(path);
  }

  /** The folder, made where it is a new one's, and nobody else's from here on. */
  protected makeFolder(): RunFolder {
    if ('place' in this.where) {
      const made = RunFolder.create(this.where.place);
      // It is this run's when nobody was faster: until then nothing is written there, not even why it failed.
      this.lock = lockRun(made.path);
      this.folder = made;
    } else {
      this.folder = RunFolder.open(this.where.path).folder;
    }
    return this.folder;
  }

  /** Writes the record, and tells reporters that it begins. */
  protected async begun(
    record: RunRecord,
    start: Pick<RunStart, 'steps' | 'step' | 'events'>,
  ): Promise<void> {
    const { files } = this;
    this.evaluated = start.events.findLast((event) => event.event === 'evaluation');
    files.writeRecord(record);
    this.told = 'start';
    await this.reporters.tell('start', { folder: files.path, record, ...start });
  }

  protected async tellStep(line: StepLine, steps: number): Promise<void> {
    this.latest = line;
    if (line.step === 1 || line.step % Math.ceil(steps / loggedSteps) === 0) await this.logLatest();
    await this.reporters.tell('step', line);
  }

  protected async tellEvaluation(report: Parameters<NonNullable<Reporter['evaluation']>>[0]): Promise<void> {
    await this.reporters.tell('evaluation', report);
  }

  /** Logs an evaluation, unless the log has it: a run that goes on from its last step is evaluated there again. */
  protected async logEvaluation(line: EvaluationLine): Promise<void> {
    if (this.evaluated === undefined || !haveSameNumbers(this.evaluated, line)) {
      await this.logLatest();
      await this.log(line);
    }
    this.evaluated = line;
  }

  protected async log(event: RunEvent): Promise<void> {
    this.files.log(event);
    await this.reporters.tell('log', event);
  }

  /** The line of the latest step, where the log has it not yet. */
  protected async logLatest(): Promise<void> {
    for (const line of this.unlogged()) await this.log(line);
  }

  protected async end(end: RunEnd): Promise<void> {
    if (this.told !== 'start') return;
    this.told = 'end';
    await this.reporters.tell('end', end);
  }

  private unlogged(): StepLine[] {
    if (this.latest === undefined || this.latest.step === this.loggedStep) return [];
    this.loggedStep = this.latest.step;
    return [this.latest];
  }
}

/** Whether two lines are of one step and have measured the same there, in the same way. */
function haveSameNumbers(one: EvaluationLine, other: EvaluationLine): boolean {
  // As a file says it.
  const written = ({ metrics, rawMetrics }: EvaluationLine) => fromJson(toJson({ metrics, rawMetrics }));
  return one.step === other.step && isDeepStrictEqual(written(one), written(other));
}
