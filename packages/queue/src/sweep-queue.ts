import { OutputError } from '@dist-gan/core';
import type { Execute, PlannedRun } from '@dist-gan/sweeps';
import { Queue, QueueEvents } from 'bullmq';
import type { Redis } from 'ioredis';
import { connect } from './connection.js';
import { queueName, type RunJob, type RunJobProgress, type RunJobResult } from './run-job.js';

/** Tries of a job whose worker met something that is no fault of the run: a folder that it could not write. */
const attempts = 5;

/** The planning end of the queue: gives runs to whichever worker takes them, and waits for what comes of them. */
export class SweepQueue {
  private constructor(
    private readonly connections: readonly Redis[],
    private readonly queue: Queue<RunJob, RunJobResult>,
    private readonly events: QueueEvents,
  ) {}

  /** @throws OptionError for what is no address, QueueError when nothing answers there */
  static async open(address: string): Promise<SweepQueue> {
    const connections = [await connect(address), await connect(address)];
    const queue = new Queue<RunJob, RunJobResult>(queueName, { connection: connections[0] });
    const events = new QueueEvents(queueName, { connection: connections[1] });
    events.setMaxListeners(0);
    // What breaks the connection is waited for: see `connect`.
    queue.on('error', () => undefined);
    events.on('error', () => undefined);
    await events.waitUntilReady();
    return new SweepQueue(connections, queue, events);
  }

  /**
   * Has runs trained by workers. A run is one job, by its identity: it is never in the queue twice. When `signal` is aborted its
   * job stays there, and whoever asks for the run again waits for the same one.
   *
   * @param folder of the sweep, which workers see, too
   */
  execute(folder: string): Execute {
    return async (run, { signal, triesLeft, hooks }) => {
      const { identity } = run;
      const before = await this.queue.getJob(identity);
      // Of an earlier time: what came of it is known, or its folder was taken away.
      if (before !== undefined && ((await before.isCompleted()) || (await before.isFailed())))
        await before.remove();
      const begun = () => hooks.onBegin?.(run);
      const listen = ({ jobId, data }: { jobId: string; data: unknown }) => {
        if (jobId === identity) hooks.onLine?.(run, data as RunJobProgress & Record<string, unknown>);
      };
      const active = ({ jobId }: { jobId: string }) => jobId === identity && begun();
      this.events.on('progress', listen);
      this.events.on('active', active);
      try {
        const job = await this.queue.add(
          'run',
          { folder, run, triesLeft },
          {
            jobId: identity,
            attempts,
            backoff: { type: 'fixed', delay: 5000 },
            priority: priorityOf(run),
            removeOnComplete: { age: 24 * 3600 },
            removeOnFail: { age: 24 * 3600 },
          },
        );
        const aborted = new Promise<undefined>((resolve) => {
          if (signal.aborted) resolve(undefined);
          signal.addEventListener('abort', () => resolve(undefined), { once: true });
        });
        const result = await Promise.race([job.waitUntilFinished(this.events), aborted]);
        for (const tried of result?.tried ?? []) hooks.onTried?.(run, tried);
      } catch (cause) {
        throw new OutputError(
          `${run.name}: no worker could train it (${(cause as Error).message}); mend that, and start the same command again`,
          folder,
          { cause },
        );
      } finally {
        this.events.off('progress', listen);
        this.events.off('active', active);
      }
    };
  }

  /** What is in the queue stays there. */
  async close(): Promise<void> {
    await this.events.close();
    await this.queue.close();
    for (const connection of this.connections) connection.disconnect();
  }
}

/** All rows with a seed before the next seed, as in a plan: BullMQ takes the least first, and 0 before all. */
function priorityOf({ spec }: PlannedRun): number {
  return Math.min(2 ** 21, spec.seed + 1);
}
