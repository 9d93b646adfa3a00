import { hostname } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { isGanError, machineRemedy } from '@dist-gan/core';
import {
  RunTakenError,
  SharedFolder,
  trainTakenRun,
  type PlannedRun,
  type RunStorage,
  type TakenRun,
  type TrainingProgram,
} from '@dist-gan/sweeps';
import { DelayedError, WaitingError, Worker, type Job } from 'bullmq';
import { connect } from './connection.js';
import { Lease } from './lease.js';
import { Pace } from './pace.js';
import { queueName, type RunJob, type RunJobProgress, type RunJobResult } from './run-job.js';
import type { Environment } from './storage/bucket-address.js';
import { ObjectStorage } from './storage/object-storage.js';

export interface WorkerOptions {
  /** Of Redis or Valkey. */
  readonly address: string;
  /** Runs at a time. */
  readonly jobs: number;
  /** Runs that this worker begins in an hour at most, evenly: each so long after the one before. Default: no limit. */
  readonly runsAnHour?: number;
  /**
   * What trains a run on this machine.
   *
   * @throws GanError where this machine cannot train it as it was planned: it is left to others
   */
  readonly programOf: (run: PlannedRun) => TrainingProgram;
  /** How this machine names the folder of a sweep. Default: as the planning machine does. */
  readonly folderOf?: (folder: string) => string;
  /** In which runs are trained whose sweep has a storage. Default: the system's folder for temporary files. */
  readonly scratch?: string;
  /** With the keys to a storage. Default: that of this process. */
  readonly environment?: Environment;
  /** Seconds after which the run of a worker that is not heard of is taken over. Default 30. */
  readonly takeOverAfter?: number;
  readonly onBegin?: (run: PlannedRun) => void;
  readonly onEnd?: (run: PlannedRun, failure: string | undefined) => void;
  /** It leaves a run to others. */
  readonly onRefuse?: (run: PlannedRun, reason: string) => void;
}

/** Milliseconds that a worker which is to end waits for a server that is away. */
const patience = 5000;
/** Milliseconds between two words about the step that a run is at. */
const tellEvery = 2000;
/** Milliseconds that a worker which cannot train a run takes no other one, and until the run is offered again. */
const refusing = { pause: 500, offeredAgain: 1000 };

/** Its machine and its process: a machine may have several. */
const workerName = `${hostname()}/${process.pid}`;

type RunOf = Job<RunJob, RunJobResult>;

/**
 * Takes runs out of the queue and trains them, each in a process of its own, until `signal` is aborted: then those at work stop with
 * a checkpoint, and go back into the queue. A worker that vanishes loses what came after its runs' newest checkpoints: another takes
 * them over. One that is cut off from the queue stops its runs before that, at half the time.
 *
 * @throws OptionError for what is no address, QueueError when nothing answers there; when this machine lacks room, memory or a right,
 * what says so, after all runs went back into the queue
 */
export async function runWorker(options: WorkerOptions, asked: AbortSignal): Promise<void> {
  const { address, jobs, runsAnHour, takeOverAfter = 30 } = options;
  const connection = await connect(address);
  const lockDuration = 1000 * takeOverAfter;
  const fault = new AbortController();
  const signal = AbortSignal.any([asked, fault.signal]);
  const leases = new Map<string, Lease>();
  const atWork = new Set<Promise<RunJobResult>>();
  const work = async (job: RunOf, token: string | undefined) => {
    await pace.begin();
    const lease = new Lease(lockDuration / 2);
    leases.set(job.id!, lease);
    const training = trainJob(job, token, options, {
      stop: signal,
      lost: lease.lost,
      onFault: (error) => fault.abort(error),
    });
    atWork.add(training);
    try {
      return await training;
    } catch (error) {
      if (error instanceof DelayedError) pace.undo();
      throw error;
    } finally {
      lease.end();
      leases.delete(job.id!);
      atWork.delete(training);
      pace.end();
    }
  };
  const worker = new Worker<RunJob, RunJobResult>(queueName, work, {
    connection,
    concurrency: jobs,
    lockDuration,
    lockRenewTime: lockDuration / 4,
    stalledInterval: lockDuration / 2,
    // A run is taken over as often as workers vanish.
    maxStalledCount: 1000,
  });
  const pace = new Pace(worker, jobs, runsAnHour);
  worker.on('locksRenewed', ({ jobIds }) => jobIds.forEach((id) => leases.get(id)?.renew()));
  worker.on('lockRenewalFailed', (jobIds) => jobIds.forEach((id) => leases.get(id)?.lose()));
  // What breaks the connection is waited for: see `connect`.
  worker.on('error', () => undefined);
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  pace.stop();
  const closed = worker.close();
  await Promise.allSettled(atWork);
  // A server that is away may never answer: others take over what stopped here.
  const gaveUp = await Promise.race([closed.then(() => false), afterPatience()]);
  if (gaveUp) void worker.disconnect();
  connection.disconnect();
  fault.signal.throwIfAborted();
}

async function trainJob(
  job: RunOf,
  token: string | undefined,
  options: WorkerOptions,
  {
    stop,
    lost,
    onFault,
  }: {
    readonly stop: AbortSignal;
    readonly lost: AbortSignal;
    /** This machine lacks something that every run needs. */
    readonly onFault: (error: unknown) => void;
  },
): Promise<RunJobResult> {
  const { programOf, runsAnHour, onBegin, onEnd, onRefuse } = options;
  const signal = AbortSignal.any([stop, lost]);
  const { run, storage } = job.data;
  // That it could not be told does no harm.
  const tell = (progress: RunJobProgress) => job.updateProgress(progress).catch(() => undefined);
  const refuse = async (reason: string): Promise<never> => {
    onRefuse?.(run, reason);
    void tell({ event: 'refused', worker: workerName, reason });
    // Others may be able to train it, and are to be faster at the next ones, too.
    await wait(refusing.pause, undefined, { signal }).catch(() => undefined);
    await Promise.race([job.moveToDelayed(Date.now() + refusing.offeredAgain, token), afterPatience()]);
    throw new DelayedError();
  };
  const giveBack = async (): Promise<never> => {
    // What was lost is not this worker's any more: the queue gives it to another when its time is over.
    if (!lost.aborted) await Promise.race([job.moveToWait(token), afterPatience()]);
    throw new WaitingError();
  };
  const giveUp = (error: unknown): Promise<never> => {
    void tell({ event: 'refused', worker: workerName, reason: (error as Error).message });
    onFault(error);
    return giveBack();
  };
  let program: TrainingProgram;
  let place: TakenRun;
  try {
    program = programOf(run);
    place = await storageOf(job, options).take(run);
  } catch (error) {
    if (machineRemedy(error) !== undefined) return giveUp(error);
    if (isGanError(error)) return refuse(error.message);
    throw error;
  }
  let told = 0;
  onBegin?.(run);
  void tell({ event: 'begin', worker: workerName, ...(runsAnHour !== undefined && { runsAnHour }) });
  let failure: string | undefined;
  try {
    failure = await trainTakenRun(place, run, program, {
      stop,
      lost,
      ...(storage !== undefined && { keep: storage.keep }),
      hooks: {
        onRetry: (_, reason) => void tell({ event: 'retry', reason }),
        onLine: (_, { event, step }) => {
          if (event !== 'step' || performance.now() - told < tellEvery) return;
          told = performance.now();
          void tell({ event: 'step', step: Number(step) });
        },
      },
    });
  } catch (error) {
    // It is not this worker's to give back.
    if (error instanceof RunTakenError) throw new WaitingError();
    // Its engine is installed, and finds no device; or its storage is away by now.
    if (isGanError(error, 'BACKEND_UNAVAILABLE')) return refuse(error.message);
    if (machineRemedy(error) !== undefined) return giveUp(error);
    throw error;
  } finally {
    place.leave();
  }
  if (signal.aborted && failure === undefined) return giveBack();
  onEnd?.(run, failure);
  return { worker: workerName, ...(failure !== undefined && { failure }) };
}

/** @throws OptionError where this machine has no keys to it */
function storageOf(
  { data: { folder, storage }, stalledCounter }: RunOf,
  { folderOf = (name) => name, scratch, environment }: WorkerOptions,
): RunStorage {
  return storage === undefined
    ? new SharedFolder(folderOf(folder), stalledCounter > 0)
    : new ObjectStorage(storage.address, {
        ...(scratch !== undefined && { scratch }),
        ...(environment !== undefined && { environment }),
      });
}

async function afterPatience(): Promise<true> {
  await wait(patience, undefined, { ref: false });
  return true;
}
