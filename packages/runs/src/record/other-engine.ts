import { CheckpointError } from '@dist-gan/core';

/** A run that goes on: what ran its steps before, and what shall run the next ones, as {@link engineWords} has it. */
interface Engines {
  readonly path: string;
  readonly step: number;
  readonly before: string;
  readonly now: string;
  /** Options that may differ, `engine` among them where another engine may go on. */
  readonly changed?: readonly string[] | undefined;
  /** What opened the run: there the way out is. */
  readonly openedBy: 'openRun' | 'openRecipeRun';
}

/**
 * What is to be said where another engine goes on, which may; nothing where it is the same.
 *
 * @throws CheckpointError where it may not
 */
export function otherEngine({ path, step, before, now, changed, openedBy }: Engines): string | undefined {
  if (before === now) return undefined;
  const facts = `${path}: the steps before ${step} ran on ${before}, these would run on ${now}`;
  if (changed?.includes('engine'))
    return `${facts.replace('would run', 'run')}: they are not, to the bit, what would have followed`;
  throw new CheckpointError(
    `${facts}, which rounds otherwise; bring back what ran them, or let another go on (--target, or "engine" among changed of ${openedBy})`,
    path,
  );
}
