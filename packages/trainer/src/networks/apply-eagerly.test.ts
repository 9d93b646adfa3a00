import { spectralNorm } from '@dist-gan/architectures';
import { compile } from '@dist-gan/compiler';
import * as tf from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { expect, it } from 'vitest';
import { applyEagerly, applyInOrder } from './apply-eagerly.js';

it('gives of a batch the same, whatever came before: the vectors of spectral norm are put back', async () => {
  const dense = layers.dense({ units: 2, useBias: false });
  const network = sequential({
    layers: [layers.inputLayer({ inputShape: [2] }), spectralNorm({ layer: dense })],
  });
  // The vectors are still those of the kernel before this one, and nearer to its own after each call.
  tf.tidy(() => {
    network.trainableWeights[0].write(tf.tensor2d([3, 1, -2, 2], [2, 2]));
  });
  const batch = Float32Array.of(1, 0, 0, 1);
  const eager = await applyEagerly([network], batch);
  expect(await applyEagerly([network], batch)).toEqual(eager);
  const program = await compile(({ rows }) => ({ output: applyInOrder([network], rows) }), {
    inputs: { rows: { shape: [2, 2] } },
    threads: 1,
  });
  const compiled = async () => (await program.run({ rows: batch })).output.data;
  const first = await compiled();
  expect(await compiled()).toEqual(first);
  first.forEach((value, i) => expect(value).toBeCloseTo(eager[i], 5));
  program.dispose();
  network.dispose();
});
