import type { NetworkKind, NetworkShape, RandomStream } from '@dist-gan/core';
import { model, type LayersModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { buildDcganNetwork } from '../dcgan/dcgan-networks.js';
import { NetworkBuilder } from '../network/network-builder.js';

const leakySlope = 0.1;

/** Windows of layers that halve or double the size of the images, and of those that keep it. */
const strided = { kernelSize: 4, stride: 2 };
const plain = { kernelSize: 3, stride: 1 };

interface SnganCnn {
  readonly resolution: 32 | 48;
  readonly width: number;
}

export function buildSnganCnnNetwork(
  kind: NetworkKind,
  shape: NetworkShape,
  { resolution, width }: SnganCnn,
  random: RandomStream,
): LayersModel {
  if (kind === 'encoder' && resolution === 32) {
    return buildDcganNetwork('sngan-cnn', kind, shape, { width: 2 * width, halvings: 3 }, random);
  }
  const { sampleShape, latentDimension } = shape;
  const network = new NetworkBuilder(random, { id: 'xavier-uniform' });
  const inputs = network.input(kind === 'generator' ? [latentDimension] : sampleShape);
  switch (kind) {
    case 'encoder': {
      const features = addEncoder(network, inputs, 2 * width);
      return model({ name: kind, inputs, outputs: network.dense(features, latentDimension) });
    }
    case 'generator':
      return model({ name: kind, inputs, outputs: addGenerator(network, inputs, 2 * width, sampleShape) });
    case 'discriminator': {
      const features = addDiscriminator(network, inputs, width);
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
  [imageHeight, imageWidth, channels]: readonly number[],
): SymbolicTensor[] {
  const smallest = [imageHeight / 8, imageWidth / 8, 8 * width];
  let x = network.relu(network.dense(latents, smallest[0] * smallest[1] * smallest[2]));
  x = network.reshape(x, smallest);
  for (const filters of [4 * width, 2 * width, width]) {
    x = network.transposedConvolution(x, { ...strided, filters, bias: false });
    x = network.relu(network.batchNorm(x));
  }
  const logits = network.convolution(x, { ...plain, filters: channels });
  return [network.sigmoid(logits), logits];
}

function addDiscriminator(network: NetworkBuilder, x: SymbolicTensor, width: number): SymbolicTensor {
  for (const filters of [width, 2 * width, 4 * width]) {
    x = network.leakyRelu(network.convolution(x, { ...plain, filters }), leakySlope);
    x = network.leakyRelu(network.convolution(x, { ...strided, filters }), leakySlope);
  }
  x = network.leakyRelu(network.convolution(x, { ...plain, filters: 8 * width }), leakySlope);
  return network.flatten(x);
}
