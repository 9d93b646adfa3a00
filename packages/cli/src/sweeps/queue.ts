import { OptionError } from '@dist-gan/core';
import type * as QueuePackage from '@dist-gan/queue';
import type { SweepDefinition } from '@dist-gan/sweeps';
import type { ParsedArguments } from '../arguments/index.js';
import type { Terminal } from '../terminal.js';

/** Where the queue is: a flag, or the environment, which other users of a machine cannot read. */
export function queueAddress(given: ParsedArguments, { environment }: Terminal): string | undefined {
  const address = given.text('queue') ?? environment.DIST_GAN_QUEUE ?? '';
  return address === '' ? undefined : address;
}

/** What talks to the queue: only whoever uses many machines installs it. */
export async function loadQueue(): Promise<typeof QueuePackage> {
  try {
    return await import('@dist-gan/queue');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw cause;
    throw new OptionError(
      '--queue needs the package @dist-gan/queue beside dist-gan: npm install @dist-gan/queue',
      '--queue',
      undefined,
      { cause },
    );
  }
}

/** The workers of a sweep: how to reach them, and where they leave what they train. */
export interface Workers {
  readonly queue: QueuePackage.SweepQueue;
  readonly storage: QueuePackage.SweepStorage | undefined;
}

/**
 * What trains a sweep elsewhere; undefined where it is trained here.
 *
 * @throws OptionError for what is no address, BackendError's kin when nothing answers there or lets us in
 */
export async function openWorkers(
  given: ParsedArguments,
  terminal: Terminal,
  { keep }: SweepDefinition,
): Promise<Workers | undefined> {
  const address = queueAddress(given, terminal);
  const bucket = given.text('storage');
  if (address === undefined) {
    if (bucket === undefined) return undefined;
    throw new OptionError(
      '--storage is for the workers of a queue: name it with --queue, or leave --storage out',
      '--storage',
      bucket,
    );
  }
  const { ObjectStorage, SweepQueue } = await loadQueue();
  if (bucket === undefined) return { queue: await SweepQueue.open(address), storage: undefined };
  const objects = new ObjectStorage(bucket, { environment: terminal.environment });
  await objects.check();
  return {
    queue: await SweepQueue.open(address),
    storage: { objects, keep, retry: given.has('retry') },
  };
}
