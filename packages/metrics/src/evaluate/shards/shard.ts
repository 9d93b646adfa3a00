import { OptionError } from '@dist-gan/core';

/** One of the parts that a set is cut into, each of which a process of its own measures. */
export interface Shard {
  /** From 0. */
  readonly index: number;
  readonly of: number;
}

/** @throws OptionError where it is no part of any whole */
export function checkShard({ index, of }: Shard): void {
  if (Number.isSafeInteger(index) && Number.isSafeInteger(of) && index >= 0 && index < of) return;
  throw new OptionError(
    `shard ${index}/${of} is none: it must be k/n with k from 0 to n - 1, for instance 0/8 to 7/8`,
    'shard',
    `${index}/${of}`,
  );
}

/** The rows of a set that a shard has: neighbours, and at most one more than another shard. */
export function rowsOf(
  { index, of }: Shard,
  size: number,
): { readonly first: number; readonly count: number } {
  const first = Math.floor((index * size) / of);
  return { first, count: Math.floor(((index + 1) * size) / of) - first };
}
