import { OptionError, type Method } from '@dist-gan/core';
import type { TrainingStep } from './training-step.js';

/**
 * The steps of a method in which not everything happens every time: one for each set of things that happen together, made
 * when it is first asked for.
 *
 * @param create makes the step in which the things of these intervals happen
 * @returns the step with this number, counted from 0
 */
export function stepVariants(
  method: Method,
  create: (isDue: (interval: number) => boolean) => TrainingStep,
): (step: number) => TrainingStep {
  const intervals = [...new Set(method.phases.flatMap(({ intervals = [] }) => intervals))];
  const made = new Map<string, TrainingStep>();
  return (step) => {
    const due = new Set(intervals.filter((interval) => step % interval === 0));
    const key = [...due].join();
    let variant = made.get(key);
    if (variant === undefined) {
      variant = create((interval) => {
        if (!intervals.includes(interval)) throw unlisted(method.id, interval);
        return due.has(interval);
      });
      made.set(key, variant);
    }
    return variant;
  };
}

function unlisted(method: string, interval: number): Error {
  return new OptionError(
    `fit.method.phases: a loss of ${method} asks what is due every ${interval} steps, and no phase lists that; add it to intervals`,
    'fit.method.phases',
    interval,
  );
}
