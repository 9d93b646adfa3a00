import { positiveInteger, resolveOptions, type RandomStream } from '@dist-gan/core';
import { model, type LayersModel } from '@tensorflow/tfjs-layers';
import * as v from 'valibot';
import { NetworkBuilder } from '../network/network-builder.js';

const schema = v.strictObject({
  /** Channels of the first convolution; the other layers are multiples of it. Default 16. */
  width: v.optional(positiveInteger, 16),
});

export type MnistClassifierOptions = v.InferInput<typeof schema>;

const kernelSize = 5;
const stride = 2;
const classes = 10;

/**
 * A classifier of digits: images `[batch, 28, 28, 1]` in [0, 1] to logits `[batch, 10]`. Two convolutions of 5 x 5 with
 * stride 2 and a hidden layer of 8 `width` units, all with ReLU; no batch norm, so that a
 * digit's class does not depend on what else is in its batch.
 *
 * Kernels are drawn from U(-a, a), a = sqrt(6 / (fan_in + fan_out)); biases start at 0.
 *
 * @throws OptionError when an option is unknown or out of range
 */
export function mnistClassifier(random: RandomStream, options?: MnistClassifierOptions): LayersModel {
  const { width } = resolveOptions(schema, options, 'mnist-classifier');
  const network = new NetworkBuilder(random, { id: 'xavier-uniform' });
  const inputs = network.input([28, 28, 1]);
  let x = inputs;
  for (const filters of [width, 2 * width]) {
    x = network.relu(network.convolution(x, { filters, kernelSize, stride })); // 14, 7 pixels wide
  }
  const hidden = network.relu(network.dense(network.flatten(x), 8 * width));
  return model({ name: 'mnist-classifier', inputs, outputs: network.dense(hidden, classes) });
}
