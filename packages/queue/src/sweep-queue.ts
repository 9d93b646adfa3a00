import { OutputError } from '@dist-gan/core';
import type { Execute, PlannedRun, RunHooks, SweepDefinition } from '@dist-gan/sweeps';
import { Queue, QueueEvents, type JobState } from 'bullmq';
import type { Redis } from 'ioredis';
import { connect } from './connection.js';
import { jobId, queueName, type RunJob, type RunJobProgress, type RunJobResult } from './run-job.js';
import type { ObjectStorage } from './storage/object-storage.js';

/** Tries of a job whose worker met something that is no fault of the run: another process that writes its folder. */
const attempts = 5;

/** Milliseconds between two looks for jobs that were lost, or whose end was not heard of: while the server was away, or before they were waited for. */
const lookEvery = 10_000;

/** All in which a job of ours can be that has no end yet. */
const unfinished: JobState[] = ['waiting', 'prioritized', 'delayed', 'active'];

/** A run that is waited for. */
interface Awaited {
  readonly run: PlannedRun;
  readonly folder: string;
  readonly hooks: RunHooks;
  /** Puts its job into the queue, where it is not there. */
  readonly add: () => Promise<unknown>;
  /** Its job is done, or it is waited for no longer. */
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** What a worker does for this sweep. */
export interface WorkerShare {
  /** Its machine and process: `lab7/4242`. */
  readonly worker: string;
  /** Runs that it trains now. */
  readonly atWork: number;
  /** Runs that it has trained. */
  readonly runs: number;
  /** Milliseconds since the queue was opened, when it gave back the last one. */
  readonly until: number;
  /** Runs that it begins in an hour at most, where it has a limit. */
  readonly runsAnHour?: number;
}

/** Where workers find and leave the runs of a sweep that do not see its folder. */
export interface SweepStorage {
  readonly objects: ObjectStorage;
  /** What of a run that is over is kept. */
  readonly keep: SweepDefinition['keep'];
  /** Lets runs be tried again that have failed. */
  readonly retry?: boolean;
}

/** The planning end of the queue: gives runs to whichever worker takes them, and waits for what comes of them. */
export class SweepQueue {
  /** By the ids of their jobs: each is listened for once, however many they are. */
  private readonly awaited = new Map<string, Awaited>();
  private readonly heard = new WeakSet<AbortSignal>();
  private readonly shares = new Map<string, Omit<WorkerShare, 'worker' | 'atWork'>>();
  /** Which worker has a job. */
  private readonly holders = new Map<string, string>();
  private readonly opened = performance.now();
  private readonly looking: NodeJS.Timeout;

  private constructor(
    private readonly connections: readonly Redis[],
    private readonly queue: Queue<RunJob, RunJobResult>,
    private readonly events: QueueEvents,
  ) {
    events.on('active', ({ jobId: id }) => {
      const one = this.awaited.get(id);
      if (one !== undefined) one.hooks.onBegin?.(one.run);
    });
    events.on('progress', ({ jobId: id, data }) => this.tell(id, data as unknown as RunJobProgress));
    // Of a worker that gives it back.
    events.on('waiting', ({ jobId: id }) => this.holders.delete(id));
    events.on('completed', ({ jobId: id, returnvalue }) => this.complete(id, returnvalue as unknown));
    events.on('failed', ({ jobId: id, failedReason }) => this.fail(id, failedReason));
    this.looking = setInterval(() => void this.look().catch(() => undefined), lookEvery);
  }

  /** @throws OptionError for what is no address, QueueError when nothing answers there */
  static async open(address: string): Promise<SweepQueue> {
    const connections: Redis[] = [];
    try {
      for (let i = 0; i < 2; i++) connections.push(await connect(address));
      const queue = new Queue<RunJob, RunJobResult>(queueName, { connection: connections[0] });
      const events = new QueueEvents(queueName, { connection: connections[1] });
      // What breaks the connection is waited for: see `connect`.
      queue.on('error', () => undefined);
      events.on('error', () => undefined);
      await events.waitUntilReady();
      return new SweepQueue(connections, queue, events);
    } catch (error) {
      for (const connection of connections) connection.disconnect();
      throw error;
    }
  }

  /**
   * Has runs trained by workers. A run of a folder is one job: it is never in the queue twice. When `signal` is aborted its
   * job stays there, and whoever asks for the run again waits for the same one.
   *
   * @param folder of the sweep, which workers see, too, unless there is a storage
   * @throws StorageError when what came of a run cannot be collected
   */
  execute(folder: string, storage?: SweepStorage): Execute {
    return async (run, { signal, hooks }) => {
      if (signal.aborted) return;
      this.releaseAt(signal);
      if (storage?.retry === true) await storage.objects.forgetFailures(run);
      const data: RunJob = {
        folder,
        run,
        ...(storage !== undefined && { storage: { address: storage.objects.address, keep: storage.keep } }),
      };
      const id = jobId(data);
      const before = await this.queue.getJob(id);
      // Of an earlier time: what came of it is known, or its folder was taken away.
      if (before !== undefined && ((await before.isCompleted()) || (await before.isFailed())))
        await before.remove();
      const add = () =>
        this.queue.add('run', data, {
          jobId: id,
          attempts,
          backoff: { type: 'fixed', delay: 5000 },
          priority: priorityOf(run),
          removeOnComplete: { age: 24 * 3600 },
          removeOnFail: { age: 24 * 3600 },
        });
      // While the server answered, it may have been heard.
      if (signal.aborted) return;
      const over = new Promise<void>((resolve, reject) =>
        this.awaited.set(id, { run, folder, hooks, add, resolve, reject }),
      );
      try {
        await Promise.all([add(), over]);
        if (signal.aborted) return;
        const reason = await storage?.objects.collect(run, folder);
        if (reason !== undefined) hooks.onLine?.(run, { event: 'stays', reason });
      } finally {
        this.awaited.delete(id);
        this.holders.delete(id);
      }
    };
  }

  /** Who trains and has trained the runs that are and were waited for here. */
  get workers(): readonly WorkerShare[] {
    return [...this.shares].map(([worker, share]) => ({
      worker,
      atWork: [...this.holders.values()].filter((holder) => holder === worker).length,
      ...share,
    }));
  }

  /** What is in the queue stays there. */
  async close(): Promise<void> {
    clearInterval(this.looking);
    await this.events.close();
    await this.queue.close();
    for (const connection of this.connections) connection.disconnect();
  }

  private tell(id: string, progress: RunJobProgress): void {
    const one = this.awaited.get(id);
    if (one === undefined) return;
    if (progress.event === 'begin') {
      const { worker, runsAnHour } = progress;
      const { runs = 0, until = 0 } = this.shares.get(worker) ?? {};
      this.shares.set(worker, { runs, until, ...(runsAnHour !== undefined && { runsAnHour }) });
      this.holders.set(id, worker);
    }
    if (progress.event === 'retry') one.hooks.onRetry?.(one.run, progress.reason);
    else one.hooks.onLine?.(one.run, { ...progress });
  }

  private complete(id: string, result: unknown): void {
    const one = this.awaited.get(id);
    if (one === undefined) return;
    const { worker } = result as RunJobResult;
    const share = this.shares.get(worker);
    const until = performance.now() - this.opened;
    this.shares.set(worker, { ...share, runs: (share?.runs ?? 0) + 1, until });
    this.holders.delete(id);
    one.resolve();
  }

  private fail(id: string, reason: string): void {
    const one = this.awaited.get(id);
    one?.reject(
      new OutputError(
        `${one.run.name}: no worker could train it (${reason}); mend that, and start the same command again`,
        one.folder,
      ),
    );
  }

  private async look(): Promise<void> {
    if (this.awaited.size === 0) return;
    const [completed, failed, others] = await Promise.all(
      [['completed' as const], ['failed' as const], unfinished].map((states) =>
        this.queue.getRanges(states, 0, -1),
      ),
    );
    for (const id of completed) this.awaited.get(id)?.resolve();
    for (const id of failed) {
      if (!this.awaited.has(id)) continue;
      this.fail(id, (await this.queue.getJob(id))?.failedReason ?? 'for an unknown reason');
    }
    await this.addAgain(new Set([...completed, ...failed, ...others]));
  }

  /** Gives jobs once more to a server that has lost them: one that keeps nothing on disk has none when it comes back. */
  private async addAgain(kept: ReadonlySet<string>): Promise<void> {
    for (const [id, one] of this.awaited) {
      // What goes from one state to another meanwhile may be in none of the lists.
      if (kept.has(id) || (await this.queue.getJob(id)) !== undefined) continue;
      if (this.awaited.get(id) === one) await one.add();
    }
  }

  /** Waits for nothing any longer when `signal` is aborted. */
  private releaseAt(signal: AbortSignal): void {
    if (this.heard.has(signal)) return;
    this.heard.add(signal);
    const release = () => {
      for (const { resolve } of this.awaited.values()) resolve();
    };
    signal.addEventListener('abort', release, { once: true });
  }
}

/** All rows with a seed before the next seed, as in a plan: BullMQ takes the least first, and 0 before all. */
function priorityOf({ spec }: PlannedRun): number {
  return Math.min(2 ** 21, spec.seed + 1);
}
