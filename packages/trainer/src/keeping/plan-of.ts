import type { ResolvedFitOptions } from '../fit-options.js';
import type { RunPlan } from './run-keeper.js';

/** The run that `fit` is about to begin with these options. */
export function planOf(options: ResolvedFitOptions): RunPlan {
  const { method, architecture, dataset, augmentations = [], evaluation } = options;
  return {
    seed: options.seed,
    steps: options.steps,
    options: {
      method: { id: method.id, ...method.options },
      architecture: { id: architecture.id, ...architecture.options },
      dataset: { id: dataset.id, ...dataset.options },
      augmentations: augmentations.map((augmentation) => ({ id: augmentation.id, ...augmentation.options })),
      latents: { ...options.latents },
      batchSize: options.batchSize,
      steps: options.steps,
      movingAverage: options.movingAverage === undefined ? null : { ...options.movingAverage },
      guards: options.guards.map((guard) => ({ id: guard.id, ...guard.options })),
      // It decides which state a guard goes back to.
      ...(options.best !== undefined && { best: { ...options.best } }),
      evaluation: evaluation === undefined ? null : { every: evaluation.every, samples: evaluation.samples },
    },
    samples: { shape: dataset.sampleShape, range: dataset.range },
  };
}
