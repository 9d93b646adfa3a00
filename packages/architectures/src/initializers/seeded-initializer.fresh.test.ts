/** In a process of its own, where nothing else has registered the class. */
import '@tensorflow/tfjs-backend-cpu';
import { RandomStream } from '@dist-gan/core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { expect, it } from 'vitest';
import { seededInitializer } from './seeded-initializer.js';

it('initialises a layer with nothing else called', () => {
  const kernelInitializer = seededInitializer(
    { id: 'normal', standardDeviation: 1 },
    RandomStream.fromSeed(1),
  );
  const model = sequential({ layers: [layers.dense({ inputShape: [2], units: 3, kernelInitializer })] });
  expect(new Set(model.getWeights()[0].dataSync()).size).toBe(6);
});
