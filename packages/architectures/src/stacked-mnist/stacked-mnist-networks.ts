import type { NetworkShape, RandomStream } from '@dist-gan/core';
import { model, type LayersModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import type { WeightDistribution } from '../initializers/weight-distribution.js';
import { NetworkBuilder } from '../network/network-builder.js';
import type { BasicKind } from '../network/basic-kinds.js';

const stride = 2;

interface Form {
  readonly kernelSize: number;
  readonly distribution: WeightDistribution;
  /** Of convolutions that are not transposed. */
  readonly convolutionDistribution: WeightDistribution;
  /** Whether a batch norm follows every convolution of the discriminator. */
  readonly discriminatorBatchNorm: boolean;
  /** Of the discriminator. */
  readonly leakySlope: number;
  /**
   * Which row and column are dropped between 8 x 8 and 7 x 7. The authors drop the last ones after batch norm and
   * activation. PacGAN's transposed convolution goes from 4 x 4 to 7 x 7 at once, with one pixel of padding on
   * every side; that is one to 8 x 8 without its first row and column, dropped before batch norm.
   */
  readonly crop: 'first' | 'last';
}

const forms: Readonly<Record<'authors-later' | 'unrolled-paper', Form>> = {
  'authors-later': {
    kernelSize: 5,
    distribution: { id: 'xavier-uniform' },
    convolutionDistribution: { id: 'xavier-uniform' },
    discriminatorBatchNorm: false,
    leakySlope: 0.2,
    crop: 'last',
  },
  'unrolled-paper': {
    kernelSize: 3,
    distribution: { id: 'normal', standardDeviation: 0.02 },
    convolutionDistribution: { id: 'truncated-normal', standardDeviation: 0.02 },
    discriminatorBatchNorm: true,
    leakySlope: 0.3,
    crop: 'first',
  },
};

interface StackedMnistSize {
  readonly form: keyof typeof forms;
  /** Channels of the generator's last hidden layer and of the encoder's first. */
  readonly width: number;
  /** Channels of the discriminator's first convolution. */
  readonly discriminatorWidth: number;
}

export function buildStackedMnistNetwork(
  kind: BasicKind,
  { sampleShape, latentDimension }: NetworkShape,
  { form: formId, width, discriminatorWidth }: StackedMnistSize,
  random: RandomStream,
): LayersModel {
  const form = forms[formId];
  const network = new NetworkBuilder(random, form.distribution);
  const inputs = network.input(kind === 'generator' ? [latentDimension] : sampleShape);
  switch (kind) {
    case 'encoder': {
      const features = addEncoder(network, inputs, width, form);
      return model({ name: kind, inputs, outputs: network.dense(features, latentDimension) });
    }
    case 'generator':
      return model({
        name: kind,
        inputs,
        outputs: addGenerator(network, inputs, width, form, sampleShape[2]),
      });
    case 'discriminator': {
      const features = addDiscriminator(network, inputs, discriminatorWidth, form);
      return model({ name: kind, inputs, outputs: [network.dense(features, 1), features] });
    }
  }
}

function addEncoder(
  network: NetworkBuilder,
  x: SymbolicTensor,
  width: number,
  { kernelSize, convolutionDistribution: distribution }: Form,
): SymbolicTensor {
  for (const filters of [width, 2 * width, 4 * width, 8 * width]) {
    x = network.relu(network.convolution(x, { filters, kernelSize, stride, distribution })); // 14, 7, 4 and 2 pixels wide
  }
  return network.flatten(x);
}

function addGenerator(
  network: NetworkBuilder,
  latents: SymbolicTensor,
  width: number,
  { kernelSize, convolutionDistribution: distribution, crop }: Form,
  channels: number,
): SymbolicTensor[] {
  const double = (x: SymbolicTensor, filters: number): SymbolicTensor =>
    network.transposedConvolution(x, { filters, kernelSize, stride, bias: false });

  let x = network.dense(latents, 4 * 4 * 8 * width, { bias: false });
  x = network.relu(network.batchNorm(x));
  x = double(network.reshape(x, [4, 4, 8 * width]), 4 * width); // 8 x 8
  if (crop === 'first') x = network.crop(x, crop);
  x = network.relu(network.batchNorm(x));
  if (crop === 'last') x = network.crop(x, crop); // 7 x 7
  x = network.relu(network.batchNorm(double(x, 2 * width))); // 14 x 14
  x = network.relu(network.batchNorm(double(x, width))); // 28 x 28
  const logits = network.convolution(x, { filters: channels, kernelSize, distribution });
  return [network.sigmoid(logits), logits];
}

function addDiscriminator(
  network: NetworkBuilder,
  x: SymbolicTensor,
  width: number,
  { kernelSize, convolutionDistribution: distribution, discriminatorBatchNorm, leakySlope }: Form,
): SymbolicTensor {
  for (const filters of [width, 2 * width, 4 * width]) {
    x = network.convolution(x, { filters, kernelSize, stride, bias: !discriminatorBatchNorm, distribution }); // 14, 7, 4
    if (discriminatorBatchNorm) x = network.batchNorm(x);
    x = network.leakyRelu(x, leakySlope);
  }
  return network.flatten(x);
}
