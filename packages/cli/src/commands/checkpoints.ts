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
