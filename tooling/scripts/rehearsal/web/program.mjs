import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { mlp } from '@dist-gan/architectures';
import { gaussianGrid } from '@dist-gan/datasets';
import { gradientPenalty } from '@dist-gan/losses';
import { distGan } from '@dist-gan/methods';
import { fit } from '@dist-gan/trainer';

/** Of D(x) = 3 x_1 + 4 x_2 the gradient has norm 5 everywhere, so that the penalty is (5 - 1)^2. */
export function penalty() {
  const weights = tf.tensor2d([[3], [4]]);
  const samples = tf.zeros([2, 2]);
  return gradientPenalty(
    { discriminate: (x) => tf.matMul(x, weights), samples },
    { norm: 'l2' },
  ).dataSync()[0];
}

/** Three steps of Dist-GAN on the 25 Gaussians, operation by operation: how many points the generator then draws. */
export async function train() {
  const result = await fit({
    method: distGan(),
    architecture: mlp(),
    dataset: gaussianGrid(),
    latents: { dimension: 2, distribution: 'uniform' },
    batchSize: 8,
    steps: 3,
    seed: 1,
    executor: 'eager',
  });
  const { data } = await result.generate(4);
  await result.dispose();
  return data.filter(Number.isFinite).length / 2;
}
