import { compile, inspectOnnxRuntime, inspectTensorFlow, type TargetName } from '@dist-gan/compiler';
import { installSecondOrderGradients } from '@dist-gan/gradients';
import * as tf from '@tensorflow/tfjs-core';
import type { InventoryLine } from './inventory-line.js';

/** Finds the ONNX Runtime of target `onnx`, and tries it. */
export function tryOnnxRuntime(): Promise<InventoryLine> {
  return tryEngine('ONNX Runtime', 'onnx', () => ({ ...inspectOnnxRuntime(), device: 'on the CPU' }));
}

/** Finds the TensorFlow of target `tensorflow`, and tries it. */
export function tryTensorFlow(): Promise<InventoryLine> {
  return tryEngine('TensorFlow', 'tensorflow', () => {
    const { version, folder, gpu } = inspectTensorFlow();
    return { version, folder, device: gpu ? 'with a GPU' : 'on the CPU' };
  });
}

/**
 * Runs a step of gradient descent whose result is known: the sum of a convolution of ones with a filter of ones. It
 * is found by what trains, so that what is found here trains.
 */
async function tryEngine(
  name: string,
  target: TargetName,
  inspect: () => { version: string; folder: string; device: string },
): Promise<InventoryLine> {
  const started = performance.now();
  try {
    const { version, folder, device } = inspect();
    const { loss, weight } = await descend(target);
    if (loss !== 16 || weight.some((element) => element !== 0))
      return {
        name,
        note: `${version} in ${folder} is wrong: loss ${loss} where 16 is right, weights ${weight.join(' ')} where all are 0`,
        wrong: true,
      };
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    return { name, version, folder, note: `compiled, ${device}, self-test right (${seconds} s), ${folder}` };
  } catch (error) {
    return { name, note: error instanceof Error ? error.message.replace(/^compile: /, '') : String(error) };
  }
}

/** Four windows of four pixels give 16; each filter entry has the slope 4, and a quarter of it takes 1 to 0. */
async function descend(target: TargetName): Promise<{ loss: number; weight: number[] }> {
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
      { target, inputs: { images: { shape: [1, 3, 3, 1] } } },
    );
    const { loss } = await step.run({ images: new Float32Array(9).fill(1) });
    await step.readVariables();
    step.dispose();
    return { loss: loss.data[0], weight: Array.from(await filter.data()) };
  } finally {
    filter.dispose();
  }
}
