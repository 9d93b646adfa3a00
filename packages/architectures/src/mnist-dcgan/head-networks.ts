import type { NetworkShape, RandomStream } from '@dist-gan/core';
import { model, type LayersModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { NetworkBuilder } from '../network/network-builder.js';
import type { BasicKind } from '../network/basic-kinds.js';

const kernelSize = 5;
const stride = 2;
const leakySlope = 0.2;

interface HeadSize {
  /** Channels of the first convolution. */
  readonly width: number;
  /** What generator and discriminator are conditioned on. */
  readonly classes?: number | undefined;
}

/**
 * The networks of the authors' released code. What a batch norm follows has no bias; the first
 * convolutions and the last layers have no batch norm.
 */
export function buildHeadNetwork(
  kind: BasicKind,
  { sampleShape, latentDimension }: NetworkShape,
  { width, classes }: HeadSize,
  random: RandomStream,
): LayersModel {
  const network = new NetworkBuilder(random, { id: 'xavier-uniform' });
  const inputs = network.inputs(
    kind === 'generator' ? [latentDimension] : sampleShape,
    kind === 'encoder' ? undefined : classes,
  );
  const [x] = inputs;
  switch (kind) {
    case 'encoder':
      return model({ name: kind, inputs, outputs: addEncoder(network, x, width, latentDimension) });
    case 'generator':
      return model({ name: kind, inputs, outputs: addGenerator(network, x, width, sampleShape[2]) });
    case 'discriminator':
      return model({ name: kind, inputs, outputs: addDiscriminator(network, x, width) });
  }
}

function addEncoder(
  network: NetworkBuilder,
  images: SymbolicTensor,
  width: number,
  latentDimension: number,
): SymbolicTensor {
  let x = network.relu(network.convolution(images, { filters: width, kernelSize, stride })); // 14 x 14
  for (const filters of [2 * width, 4 * width]) {
    x = network.convolution(x, { filters, kernelSize, stride, bias: false }); // 7 x 7, 4 x 4
    x = network.relu(network.batchNorm(x));
  }
  return network.dense(network.flatten(x), latentDimension);
}

function addGenerator(
  network: NetworkBuilder,
  latents: SymbolicTensor,
  width: number,
  channels: number,
): SymbolicTensor[] {
  let x = network.dense(latents, 4 * 4 * 4 * width, { bias: false });
  x = network.relu(network.classBatchNorm(x));
  x = network.reshape(x, [4, 4, 4 * width]);
  x = network.transposedConvolution(x, { filters: 2 * width, kernelSize, stride, bias: false }); // 8 x 8
  x = network.relu(network.classBatchNorm(x));
  // 8 x 8 to 7 x 7, so that doubling twice gives 28.
  x = network.relu(network.dense(network.flatten(x), 7 * 7 * 2 * width));
  x = network.reshape(x, [7, 7, 2 * width]);
  x = network.transposedConvolution(x, { filters: width, kernelSize, stride, bias: false }); // 14 x 14
  x = network.relu(network.classBatchNorm(x));
  const logits = network.transposedConvolution(x, { filters: channels, kernelSize, stride }); // 28 x 28
  return [network.sigmoid(logits), logits];
}

function addDiscriminator(network: NetworkBuilder, images: SymbolicTensor, width: number): SymbolicTensor[] {
  let x = network.convolution(images, { filters: width, kernelSize, stride }); // 14 x 14
  x = network.leakyRelu(x, leakySlope);
  for (const filters of [2 * width, 4 * width]) {
    x = network.convolution(x, { filters, kernelSize, stride, bias: false }); // 7 x 7, 4 x 4
    x = network.leakyRelu(network.batchNorm(x), leakySlope);
  }
  const features = network.flatten(x);
  return [network.logit(features), features];
}
