import { expect, it } from 'vitest';
import { countingDataset, linearArchitecture, methodOf, regressionPhase } from '../../test/tiny.js';
import { resolveFitOptions, type FitOptions } from '../fit-options.js';
import { nonFinite, sampleVariance } from '../guards/index.js';
import { planOf } from './plan-of.js';

const options: FitOptions = {
  method: methodOf([regressionPhase()]),
  architecture: linearArchitecture(),
  dataset: countingDataset(),
  latents: { dimension: 1, distribution: 'uniform' },
  batchSize: 4,
  steps: 5,
  seed: 1,
  evaluation: { every: 2, samples: 3, metrics: () => [] },
};

const optionsOf = (changes: Partial<FitOptions> = {}) =>
  planOf(resolveFitOptions({ ...options, ...changes })).options;

it.each<Partial<FitOptions>>([
  { batchSize: 8 },
  { steps: 6 },
  { latents: { dimension: 2, distribution: 'uniform' } },
  { dataset: countingDataset({ size: 13 }) },
  { movingAverage: { halfLife: 100 } },
  { evaluation: { ...options.evaluation!, every: 3 } },
  { evaluation: { ...options.evaluation!, samples: 4 } },
  { guards: [sampleVariance({ policy: 'restore' })] },
  { guards: [nonFinite({ policy: 'restore' })] },
  { best: { metric: 'mean', better: 'higher' } },
])('tells runs apart whose numbers differ: %j', (changes) => {
  expect(optionsOf(changes)).not.toEqual(optionsOf());
});

it('does not tell those apart that are the same', () => {
  expect(optionsOf({ measure: ['gradient-norms'], callbacks: {} })).toEqual(optionsOf());
});
