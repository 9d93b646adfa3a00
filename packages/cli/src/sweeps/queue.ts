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
      '--queue needs the package @dist-gan/queue beside dist-gan: npm install @dist-gan/queue',
      '--queue',
      undefined,
      { cause },
    );
  }
}
