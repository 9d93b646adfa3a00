import { howMeasured } from '@dist-gan/core';
import { readRun, type EvaluationLine, type RunContent } from '@dist-gan/runs';
import type { PlannedRun } from '../plan/plan.js';
import type { StoredEvaluation } from '../store/stored-evaluation.js';
import type { StoredRun } from '../store/sweep-store.js';
import { endOf } from './outcome.js';

/**
 * A planned run as its folder tells of it.
 *
 * @throws DataNotFoundError when there is none, DatasetFormatError when it is damaged
 */
export function readStoredRun(
  { identity, name, spec }: PlannedRun,
  path: string,
): { readonly stored: StoredRun; readonly content: RunContent } {
  const content = readRun(path);
  const logged = content.events.filter((event): event is EvaluationLine => event.event === 'evaluation');
  // A run that ends with an earlier state tells its last step twice, and so may a log that two machines wrote: the later line counts.
  const all = [...new Map(logged.map((line) => [line.step, line])).values()];
  // A run that was stopped is evaluated where it stopped; gone on with, it is as if it had not been.
  const { every = 1 } = (content.record.options.evaluation ?? {}) as { every?: number };
  const evaluations = all
    .filter(({ step }, i) => step % every === 0 || i === all.length - 1)
    .map(storedEvaluation);
  return { stored: { identity, name, spec, outcome: endOf(content, spec.seconds), evaluations }, content };
}

function storedEvaluation({ step, seconds, metrics }: EvaluationLine): StoredEvaluation {
  return {
    step,
    seconds,
    numbers: metrics.map(({ id, value, ideal, ...how }) => ({
      metric: id,
      value,
      protocol: howMeasured(how),
      ...(ideal !== undefined && { ideal }),
    })),
  };
}
