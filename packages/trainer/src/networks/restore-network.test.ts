import { distGan } from '@dist-gan/methods';
import { afterEach, expect, it } from 'vitest';
import { countingDataset, linearArchitecture } from '../../test/tiny.js';
import { fit, type RunState, type TrainingResult } from '../index.js';
import { allWeights } from './build-networks.js';
import { hasAverage, restoreNetwork } from './restore-network.js';

const method = distGan();
const architecture = linearArchitecture({ batchNorm: true });
const shape = { sampleShape: [2], latentDimension: 1 };
let trained: TrainingResult | undefined;
let state: RunState;

async function train(): Promise<TrainingResult> {
  trained = await fit({
    method,
    architecture,
    dataset: countingDataset({ size: 12, dimension: 2 }),
    latents: { dimension: 1, distribution: 'uniform' },
    batchSize: 4,
    steps: 3,
    seed: 1,
    executor: 'eager',
    movingAverage: { halfLife: 10 },
    callbacks: {
      async onStep(event) {
        state = await event.state();
      },
    },
  });
  return trained;
}

afterEach(() => trained?.dispose());

it('gives the networks that were trained, and the moving average', async () => {
  const { networks, generator } = await train();
  expect(hasAverage(state, 'generator')).toBe(true);
  expect(hasAverage(state, 'encoder')).toBe(false);
  const numbers = (network: typeof generator) => allWeights(network).map((weight) => weight.arraySync());
  for (const [role, network] of Object.entries(networks)) {
    const restored = restoreNetwork(state, { method, architecture, shape, role });
    expect(numbers(restored), role).toEqual(numbers(network));
    restored.dispose();
  }
  const averaged = restoreNetwork(state, { method, architecture, shape, role: 'generator', averaged: true });
  expect(numbers(averaged)).toEqual(numbers(generator));
  expect(numbers(averaged)).not.toEqual(numbers(networks.generator));
  averaged.dispose();
});

it('refuses a role that the method lacks, and a state of other networks', async () => {
  await train();
  const restore = (changes: object) =>
    restoreNetwork(state, { method, architecture, shape, role: 'generator', ...changes });
  expect(() => restore({ role: 'encodr' })).toThrow(
    /unknown network of dist-gan "encodr"; did you mean encoder\?/,
  );
  expect(() => restore({ shape: { ...shape, latentDimension: 2 } })).toThrow(
    /state of step 3 has weights\/generator\/0 with shape \[1, 2\], wanted \[2, 2\]; it is of another/,
  );
  expect(() => restore({ role: 'encoder', averaged: true })).toThrow(
    /has no average\/encoder\/0, wanted \[2, 1\]/,
  );
});
