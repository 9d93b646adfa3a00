import type { NetworkShape, RandomStream } from '@dist-gan/core';
import { model, type LayersModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { buildDcganNetwork } from '../dcgan/dcgan-networks.js';
import type { WeightDistribution } from '../initializers/weight-distribution.js';
import { NetworkBuilder, slimBatchNorm, type BatchNormOptions } from '../network/network-builder.js';
import type { BasicKind } from '../network/basic-kinds.js';

const leakySlope = 0.1;

/** Windows of layers that halve or double the size of the images, and of those that keep it. */
const strided = { kernelSize: 4, stride: 2 };
const plain = { kernelSize: 3, stride: 1 };

interface Form {
  readonly distribution: WeightDistribution;
  readonly batchNorm: BatchNormOptions;
  /** Of the discriminator, which then sees images in [-1, 1]: how far apart they lie is a part of what it says. */
  readonly spectralNorm: boolean;
  /** Channels of the generator's last hidden layer, and of the encoder's first, as multiples of the width. */
  readonly generatorMultiple: number;
  /** Whether a batch norm follows the generator's dense layer. */
  readonly denseBatchNorm: boolean;
}

const forms: Readonly<Record<'authors' | 'sn-gan', Form>> = {
  authors: {
    distribution: { id: 'xavier-uniform' },
    batchNorm: slimBatchNorm,
    spectralNorm: false,
    generatorMultiple: 2,
    denseBatchNorm: false,
  },
  'sn-gan': {
    distribution: { id: 'normal', standardDeviation: 0.02 },
    // Chainer's.
    batchNorm: { decay: 0.9, epsilon: 2e-5 },
    spectralNorm: true,
    generatorMultiple: 1,
    denseBatchNorm: true,
  },
};

interface SnganCnn {
  readonly resolution: 32 | 48;
  readonly form: keyof typeof forms;
  readonly width: number;
}

export function buildSnganCnnNetwork(
  kind: BasicKind,
  shape: NetworkShape,
  { resolution, form: formId, width }: SnganCnn,
  random: RandomStream,
): LayersModel {
  const form = forms[formId];
  const generatorWidth = form.generatorMultiple * width;
  if (kind === 'encoder' && resolution === 32 && formId === 'authors') {
    return buildDcganNetwork('sngan-cnn', kind, shape, { width: generatorWidth, halvings: 3 }, random);
  }
  const { sampleShape, latentDimension } = shape;
  const spectralNorm = kind === 'discriminator' && form.spectralNorm;
  const network = new NetworkBuilder(random, form.distribution, { spectralNorm, batchNorm: form.batchNorm });
  const inputs = network.input(kind === 'generator' ? [latentDimension] : sampleShape);
  switch (kind) {
    case 'encoder': {
      const features = addEncoder(network, inputs, generatorWidth);
      return model({ name: kind, inputs, outputs: network.dense(features, latentDimension) });
    }
    case 'generator': {
      const logits = addGenerator(network, inputs, generatorWidth, form.denseBatchNorm, sampleShape);
      return model({ name: kind, inputs, outputs: [network.sigmoid(logits), logits] });
    }
    case 'discriminator': {
      const features = addDiscriminator(network, spectralNorm ? network.centre(inputs) : inputs, width);
      return model({ name: kind, inputs, outputs: [network.dense(features, 1), features] });
    }
  }
}

function addEncoder(network: NetworkBuilder, images: SymbolicTensor, width: number): SymbolicTensor {
  let x = network.relu(network.convolution(images, { ...plain, filters: width }));
  for (const filters of [2 * width, 4 * width, 8 * width]) {
    x = network.convolution(x, { ...strided, filters, bias: false });
    x = network.leakyRelu(network.batchNorm(x), leakySlope);
  }
  return network.flatten(x);
}

function addGenerator(
  network: NetworkBuilder,
  latents: SymbolicTensor,
  width: number,
  denseBatchNorm: boolean,
  [imageHeight, imageWidth, channels]: readonly number[],
): SymbolicTensor {
  const smallest = [imageHeight / 8, imageWidth / 8, 8 * width];
  let x = network.dense(latents, smallest[0] * smallest[1] * smallest[2], { bias: !denseBatchNorm });
  if (denseBatchNorm) x = network.batchNorm(x);
  x = network.reshape(network.relu(x), smallest);
  for (const filters of [4 * width, 2 * width, width]) {
    x = network.transposedConvolution(x, { ...strided, filters, bias: false });
    x = network.relu(network.batchNorm(x));
  }
  return network.convolution(x, { ...plain, filters: channels });
}

function addDiscriminator(network: NetworkBuilder, x: SymbolicTensor, width: number): SymbolicTensor {
  for (const filters of [width, 2 * width, 4 * width]) {
    x = network.leakyRelu(network.convolution(x, { ...plain, filters }), leakySlope);
    x = network.leakyRelu(network.convolution(x, { ...strided, filters }), leakySlope);
  }
  x = network.leakyRelu(network.convolution(x, { ...plain, filters: 8 * width }), leakySlope);
  return network.flatten(x);
}
