import { compile, inspectTensorFlow } from '@dist-gan/compiler';
import { installSecondOrderGradients } from '@dist-gan/gradients';
import * as tf from '@tensorflow/tfjs-core';
import type { InventoryLine } from './inventory.js';

/**
 * Finds the TensorFlow of target `tensorflow`, and runs a step of gradient descent on it whose result is known:
 * the sum of a convolution of ones with a filter of ones.
 */
export async function tryTensorFlow(): Promise<InventoryLine> {
  const name = 'TensorFlow';
  const started = performance.now();
  try {
    const { version, folder, gpu } = inspectTensorFlow();
    const { loss, weight } = await descend();
    const device = gpu ? 'with a GPU' : 'on the CPU';
    if (loss !== 16 || weight.some((element) => element !== 0))
      return { name, note: `${version} in ${folder} is wrong: loss ${loss} where 16 is right` };
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    return { name, version, note: `compiled, ${device}, self-test right (${seconds} s), ${folder}` };
  } catch (error) {
    return { name, note: error instanceof Error ? error.message.replace(/^compile: /, '') : String(error) };
  }
}

/** Four windows of four pixels give 16; each filter entry has the slope 4, and a quarter of it takes 1 to 0. */
async function descend(): Promise<{ loss: number; weight: number[] }> {
  installSecondOrderGradients();
  const filter = tf.tidy(() => tf.variable(tf.ones<tf.Rank.R4>([2, 2, 1, 1])));
  try {
    const step = await compile(
      ({ images }) => {
        const sum = () => tf.sum<tf.Scalar>(tf.conv2d(images, filter, 1, 'valid'));
        const { value, grads } = tf.variableGrads(sum, [filter]);
        filter.assign(tf.sub(filter, tf.mul(grads[filter.name], 0.25)));
        return { loss: value };
      },
      { target: 'tensorflow', inputs: { images: { shape: [1, 3, 3, 1] } } },
    );
    const { loss } = await step.run({ images: new Float32Array(9).fill(1) });
    await step.readVariables();
    step.dispose();
    return { loss: loss.data[0], weight: Array.from(await filter.data()) };
  } finally {
    filter.dispose();
  }
}
