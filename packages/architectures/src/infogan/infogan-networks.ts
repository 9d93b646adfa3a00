import type { NetworkShape, RandomStream } from '@dist-gan/core';
import { model, type LayersModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import type { WeightDistribution } from '../initializers/weight-distribution.js';
import { NetworkBuilder } from '../network/network-builder.js';
import type { InfoganKind } from './infogan-kinds.js';

const kernelSize = 4;
const stride = 2;
const leakySlope = 0.2;
/** Numbers of an auto-encoder's code. */
const codeDimension = 32;
const distribution: WeightDistribution = { id: 'normal', standardDeviation: 0.02 };
/** Of convolutions that are not transposed. */
const convolutionDistribution: WeightDistribution = { id: 'truncated-normal', standardDeviation: 0.02 };

interface InfoganNetworks {
  readonly width: number;
  readonly discriminatorBatchNorm: boolean;
}

export function buildInfoganNetwork(
  kind: InfoganKind,
  { sampleShape, latentDimension }: NetworkShape,
  { width, discriminatorBatchNorm }: InfoganNetworks,
  random: RandomStream,
): LayersModel {
  const network = new NetworkBuilder(random, distribution, { batchNorm: { decay: 0.999, epsilon: 1e-3 } });
  const inputs = network.input(kind === 'generator' ? [latentDimension] : sampleShape);
  switch (kind) {
    case 'generator':
      return model({ name: kind, inputs, outputs: addGenerator(network, inputs, width, sampleShape) });
    case 'encoder': {
      const { hidden } = addHiddenLayers(network, inputs, width, true);
      return model({ name: kind, inputs, outputs: network.dense(hidden, latentDimension) });
    }
    case 'gaussian-encoder': {
      const { hidden } = addHiddenLayers(network, inputs, width, true);
      const latents = () => network.dense(hidden, latentDimension);
      return model({ name: kind, inputs, outputs: [latents(), latents()] });
    }
    case 'autoencoder':
      return model({ name: kind, inputs, outputs: addAutoencoder(network, inputs, width, sampleShape) });
    case 'discriminator': {
      const { features, hidden } = addHiddenLayers(network, inputs, width, discriminatorBatchNorm);
      return model({ name: kind, inputs, outputs: [network.dense(hidden, 1), features] });
    }
    case 'recognition-discriminator': {
      const { features, hidden } = addHiddenLayers(network, inputs, width, discriminatorBatchNorm);
      const logits = network.dense(hidden, 1);
      // Of the paper's networks for MNIST: two dense layers behind what both heads share.
      const recognised = network.dense(hidden, 2 * width, { bias: !discriminatorBatchNorm });
      const normalised = discriminatorBatchNorm ? network.batchNorm(recognised) : recognised;
      const codes = network.dense(network.leakyRelu(normalised, leakySlope), latentDimension);
      return model({ name: kind, inputs, outputs: [logits, features, codes] });
    }
  }
}

/** Two convolutions, whose flat output is `features`, and a dense layer. */
function addHiddenLayers(
  network: NetworkBuilder,
  images: SymbolicTensor,
  width: number,
  batchNorm: boolean,
): { features: SymbolicTensor; hidden: SymbolicTensor } {
  const activate = (x: SymbolicTensor): SymbolicTensor =>
    network.leakyRelu(batchNorm ? network.batchNorm(x) : x, leakySlope);
  const options = { kernelSize, stride, distribution: convolutionDistribution };

  let x = network.leakyRelu(network.convolution(images, { ...options, filters: width }), leakySlope);
  x = activate(network.convolution(x, { ...options, filters: 2 * width, bias: !batchNorm }));
  const features = network.flatten(x);
  const hidden = activate(network.dense(features, 16 * width, { bias: !batchNorm }));
  return { features, hidden };
}

function addGenerator(
  network: NetworkBuilder,
  latents: SymbolicTensor,
  width: number,
  [imageHeight, imageWidth, channels]: readonly number[],
): SymbolicTensor[] {
  const activate = (x: SymbolicTensor): SymbolicTensor => network.leakyRelu(network.batchNorm(x), leakySlope);
  const smallest = [imageHeight / 4, imageWidth / 4, 2 * width];

  let x = activate(network.dense(latents, 16 * width, { bias: false }));
  x = activate(network.dense(x, smallest[0] * smallest[1] * smallest[2], { bias: false }));
  x = network.reshape(x, smallest);
  x = activate(network.transposedConvolution(x, { filters: width, kernelSize, stride, bias: false }));
  const logits = network.transposedConvolution(x, { filters: channels, kernelSize, stride });
  return [network.sigmoid(logits), logits];
}

/** A reconstruction and its code. */
function addAutoencoder(
  network: NetworkBuilder,
  images: SymbolicTensor,
  width: number,
  [imageHeight, imageWidth, channels]: readonly number[],
): SymbolicTensor[] {
  const smallest = [imageHeight / 2, imageWidth / 2, width];
  const options = { kernelSize, stride };

  const encoded = network.convolution(images, {
    ...options,
    filters: width,
    distribution: convolutionDistribution,
  });
  const code = network.dense(network.flatten(network.relu(encoded)), codeDimension);
  const decoded = network.dense(code, smallest[0] * smallest[1] * width, { bias: false });
  const maps = network.reshape(network.relu(network.batchNorm(decoded)), smallest);
  const logits = network.transposedConvolution(maps, { ...options, filters: channels });
  return [network.sigmoid(logits), code];
}
