import { OptionError } from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import { layers, model, type LayersModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import {
  classCount,
  convolutionsOf,
  inputSide,
  stepsTo,
  type InceptionLayer,
  type ShapedConvolution,
  type Step,
} from './network.js';
import type { InceptionWeights } from './weights/inception-weights.js';

/**
 * Inception-v3 up to one of its layers as a `tf.LayersModel`, on the active TensorFlow.js backend.
 *
 * Input [batch, 299, 299, 3], values in [-1, 1]: (byte - 128) / 128. Output [batch, dimension]: the mean of every
 * channel over all places, or the logits. Batch norm is folded into the filters. The model belongs to the caller.
 *
 * @throws OptionError when the weights do not reach to the layer
 */
export function inceptionV3(weights: InceptionWeights, layer: InceptionLayer): LayersModel {
  const steps = stepsTo(layer);
  const convolutions = convolutionsOf(steps);
  assertReach(weights, layer, convolutions);
  const inputs = layers.input({ shape: [inputSide, inputSide, 3] });
  const images = applySteps(steps, inputs);
  const means = layers.globalAveragePooling2d({ name: 'means' }).apply(images) as SymbolicTensor;
  const network = model({ name: `inception-v3/${layer}`, inputs, outputs: classified(means, layer) });
  setWeights(network, weights, convolutions);
  return network;
}

function assertReach(
  { source, convolutions, classifier }: InceptionWeights,
  layer: InceptionLayer,
  needed: readonly ShapedConvolution[],
): void {
  const missing =
    needed.find(({ name }) => !convolutions.has(name))?.name ??
    (layer.startsWith('logits') && classifier === undefined ? 'softmax/weights' : undefined);
  if (missing === undefined) return;
  throw new OptionError(
    `inception: layer ${layer} needs ${missing}, which ${source} lacks; take a lower layer, or weights of the whole network`,
    'layer',
    layer,
  );
}

function applySteps(steps: readonly Step[], input: SymbolicTensor): SymbolicTensor {
  return steps.reduce(applyStep, input);
}

function applyStep(input: SymbolicTensor, step: Step): SymbolicTensor {
  switch (step.kind) {
    case 'convolution':
      return layers
        .conv2d({
          name: step.name,
          filters: step.outputs,
          kernelSize: [...step.kernel],
          strides: step.stride,
          padding: step.padding,
          activation: 'relu',
          // They are replaced at once; anything else would draw 24 million random numbers.
          kernelInitializer: 'zeros',
        })
        .apply(input) as SymbolicTensor;
    case 'maximum':
    case 'average': {
      const window = { poolSize: 3, strides: step.stride, padding: step.padding };
      const pool = step.kind === 'maximum' ? layers.maxPooling2d(window) : layers.averagePooling2d(window);
      return pool.apply(input) as SymbolicTensor;
    }
    case 'parallel': {
      const branches = step.branches.map((branch) => applySteps(branch, input));
      return layers.concatenate({ axis: 3 }).apply(branches) as SymbolicTensor;
    }
    case 'tap':
      return input;
  }
}

function classified(means: SymbolicTensor, layer: InceptionLayer): SymbolicTensor {
  if (!layer.startsWith('logits')) return means;
  const useBias = layer === 'logits';
  return layers
    .dense({ name: 'softmax', units: classCount, useBias, kernelInitializer: 'zeros' })
    .apply(means) as SymbolicTensor;
}

function setWeights(
  network: LayersModel,
  { convolutions, classifier }: InceptionWeights,
  used: readonly ShapedConvolution[],
): void {
  tf.tidy(() => {
    for (const { name, filterShape } of used) {
      const { filter, bias } = convolutions.get(name)!;
      network.getLayer(name).setWeights([tf.tensor(filter, [...filterShape]), tf.tensor(bias)]);
    }
    const last = network.layers.at(-1)!;
    if (last.name !== 'softmax') return;
    const matrix = tf.tensor(classifier!.matrix, [classifier!.matrix.length / classCount, classCount]);
    const bias = last.getWeights().length > 1 ? [tf.tensor(classifier!.bias)] : [];
    last.setWeights([matrix, ...bias]);
  });
}
