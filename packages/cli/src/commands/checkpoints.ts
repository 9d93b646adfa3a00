import { OptionError, type RecipePreset } from '@dist-gan/core';
import { defaultCheckpointMinutes, defaultCheckpointsKept } from '@dist-gan/runs';
import type { Flag, ParsedArguments } from '../arguments/index.js';
import type { TrainingJob } from './training-run.js';

/** When a run keeps its state, and how often. */
export const checkpointFlags: readonly Flag[] = [
  {
    name: 'checkpoint-steps',
    value: 'n',
    description: 'a checkpoint every so many steps, beside those at evaluations',
  },
  {
    name: 'checkpoint-minutes',
    value: 'n',
    description: `minutes without a checkpoint at most (default ${defaultCheckpointMinutes})`,
  },
  {
    name: 'keep',
    value: 'n',
    description: `newest checkpoints that stay (default ${defaultCheckpointsKept})`,
  },
];

export function chooseCheckpoints(given: ParsedArguments): TrainingJob['checkpoints'] {
  return {
    everySteps: given.wholeNumber('checkpoint-steps', 1),
    everyMinutes: given.wholeNumber('checkpoint-minutes', 1),
    keep: given.wholeNumber('keep', 1),
  };
}

/** @throws OptionError where checkpoints are spoken of, which a recipe has none of */
export function refuseCheckpoints(given: ParsedArguments, { id }: RecipePreset): void {
  const flag = checkpointFlags.find(({ name }) => given.has(name));
  if (flag === undefined) return;
  throw new OptionError(
    `--${flag.name}: ${id} keeps its stages, and has no checkpoints; leave it out`,
    `--${flag.name}`,
    given.text(flag.name),
  );
}
