import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { runHolder } from '@dist-gan/runs';
import { trainHere, type PlannedRun, type Tried, type TrainingProgram } from '@dist-gan/sweeps';
import { WaitingError, Worker, type Job } from 'bullmq';
import { connect } from './connection.js';
import { queueName, type RunJob, type RunJobResult } from './run-job.js';

export interface WorkerOptions {
  /** Of Redis or Valkey. */
  readonly address: string;
  /** Runs at a time. */
  readonly jobs: number;
  readonly programOf: (run: PlannedRun) => TrainingProgram;
  /** The folder of the sweep as this machine names it; default as the planning machine does. */
  readonly folder?: string;
  /** Seconds after which the run of a worker that is not heard of is taken over. Default 30. */
  readonly takeOverAfter?: number;
  readonly onBegin?: (run: PlannedRun) => void;
  readonly onEnd?: (run: PlannedRun, failure: string | undefined) => void;
}

/** Milliseconds that a worker which is to end waits for a server that is away. */
const patience = 10_000;
/** Milliseconds between two words about the step that a run is at. */
const tellEvery = 2000;

/**
 * Takes runs out of the queue and trains them, each in a process of its own, until `signal` is aborted: then those at work stop with
 * a checkpoint, and go back into the queue. A worker that vanishes loses what came after its runs' newest checkpoints: another takes
 * them over.
 *
 * @throws OptionError for what is no address, QueueError when nothing answers there
 */
export async function runWorker(options: WorkerOptions, signal: AbortSignal): Promise<void> {
  const { address, jobs, takeOverAfter = 30 } = options;
  const connection = await connect(address);
  const work = (job: Job<RunJob, RunJobResult>, token: string | undefined) =>
    trainJob(job, token, options, signal);
  const worker = new Worker<RunJob, RunJobResult>(queueName, work, {
    connection,
    concurrency: jobs,
    lockDuration: 1000 * takeOverAfter,
    stalledInterval: (1000 * takeOverAfter) / 2,
    // A run is taken over as often as workers vanish.
    maxStalledCount: 1000,
  });
  // What breaks the connection is waited for: see `connect`.
  worker.on('error', () => undefined);
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  // Without its server nothing can be given back: others take over what stops here.
  const gone = setTimeout(() => {
    if (connection.status === 'ready') return;
    void worker.disconnect();
    connection.disconnect();
  }, patience);
  await Promise.race([worker.close(), once(connection, 'end')]);
  clearTimeout(gone);
  connection.disconnect();
}

async function trainJob(
  job: Job<RunJob, RunJobResult>,
  token: string | undefined,
  { programOf, folder = job.data.folder, onBegin, onEnd }: WorkerOptions,
  signal: AbortSignal,
): Promise<RunJobResult> {
  const { run, triesLeft } = job.data;
  if (job.stalledCounter > 0) freeFolder(join(folder, run.name));
  const tried: Tried[] = [];
  let told = 0;
  onBegin?.(run);
  await trainHere(folder, programOf(run))(run, {
    signal,
    triesLeft,
    hooks: {
      onTried: (_, one) => void tried.push(one),
      onLine: (_, { event, step }) => {
        if (event !== 'step' || performance.now() - told < tellEvery) return;
        told = performance.now();
        // That it could not be told does no harm.
        job.updateProgress({ event: 'step', step: Number(step) }).catch(() => undefined);
      },
    },
  });
  if (signal.aborted && tried.at(-1)?.failure === undefined) {
    await job.moveToWait(token);
    throw new WaitingError();
  }
  onEnd?.(run, tried.at(-1)?.failure);
  return { tried };
}

/**
 * The queue has given the run of a worker that is not heard of to this one. Of a process on another machine the lock cannot be
 * known to be left behind; the queue knows.
 */
function freeFolder(path: string): void {
  const holder = runHolder(path);
  if (holder !== undefined && holder.host !== hostname()) rmSync(join(path, '.lock'), { force: true });
}
