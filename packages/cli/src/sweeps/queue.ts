import { OptionError } from '@dist-gan/core';
import type * as QueuePackage from '@dist-gan/queue';
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
      '--queue and --storage need the package @dist-gan/queue beside dist-gan: npm install @dist-gan/queue',
      '--queue',
      undefined,
      { cause },
    );
  }
}

/**
 * Where those that train a sweep elsewhere find and leave its runs, if they do not see its folder.
 *
 * @throws OptionError for what is no address of a bucket, or has no keys; StorageError when it cannot be reached
 */
export async function openStorage(
  given: ParsedArguments,
  { environment }: Terminal,
): Promise<QueuePackage.ObjectStorage | undefined> {
  const address = given.text('storage');
  if (address === undefined) return undefined;
  const { ObjectStorage } = await loadQueue();
  const storage = new ObjectStorage(address, { environment });
  await storage.check();
  return storage;
}

/**
 * The queue of a sweep that is trained elsewhere; undefined where it is trained here.
 *
 * @throws OptionError for what is no address, BackendError's kin when nothing answers there or lets us in
 */
export async function openQueue(
  given: ParsedArguments,
  terminal: Terminal,
): Promise<QueuePackage.SweepQueue | undefined> {
  const address = queueAddress(given, terminal);
  if (address === undefined) return undefined;
  const { SweepQueue } = await loadQueue();
  return SweepQueue.open(address);
}
