import type { NetworkShape, RandomStream } from '@dist-gan/core';
import { model, type LayersModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import type { WeightDistribution } from '../initializers/weight-distribution.js';
import { NetworkBuilder } from '../network/network-builder.js';
import type { BasicKind } from '../network/basic-kinds.js';

const kernelSize = 5;
const stride = 2;
const leakySlope = 0.2;

/** Of the convolutions; dense layers are drawn as Glorot and Bengio draw them. */
const distribution: WeightDistribution = { id: 'tflib-uniform', stride };

/** The networks of GAAN, the first version of Dist-GAN: no batch norm, and a crop from 8 x 8 to 7 x 7. */
export function buildGaanNetwork(
  kind: BasicKind,
  { sampleShape, latentDimension }: NetworkShape,
  width: number,
  random: RandomStream,
): LayersModel {
  const network = new NetworkBuilder(random, { id: 'xavier-uniform' });
  const inputs = network.input(kind === 'generator' ? [latentDimension] : sampleShape);
  switch (kind) {
    case 'encoder': {
      const features = addConvolutions(network, inputs, width, (x) => network.relu(x));
      return model({ name: kind, inputs, outputs: network.dense(features, latentDimension) });
    }
    case 'generator':
      return model({ name: kind, inputs, outputs: addGenerator(network, inputs, width, sampleShape[2]) });
    case 'discriminator': {
      const features = addConvolutions(network, inputs, width, (x) => network.leakyRelu(x, leakySlope));
      return model({ name: kind, inputs, outputs: [network.dense(features, 1), features] });
    }
  }
}

/** Three convolutions, 14 x 14, 7 x 7 and 4 x 4; what comes out is flat. */
function addConvolutions(
  network: NetworkBuilder,
  x: SymbolicTensor,
  width: number,
  activate: (x: SymbolicTensor) => SymbolicTensor,
): SymbolicTensor {
  for (const filters of [width, 2 * width, 4 * width]) {
    x = activate(network.convolution(x, { filters, kernelSize, stride, distribution }));
  }
  return network.flatten(x);
}

function addGenerator(
  network: NetworkBuilder,
  latents: SymbolicTensor,
  width: number,
  channels: number,
): SymbolicTensor[] {
  const double = (x: SymbolicTensor, filters: number): SymbolicTensor =>
    network.transposedConvolution(x, { filters, kernelSize, stride, distribution });

  let x = network.relu(network.dense(latents, 4 * 4 * 8 * width));
  x = network.reshape(x, [4, 4, 8 * width]);
  x = network.relu(double(x, 4 * width)); // 8 x 8
  x = network.crop(x, 'last'); // 7 x 7
  x = network.relu(double(x, 2 * width)); // 14 x 14
  const logits = double(x, channels); // 28 x 28
  return [network.sigmoid(logits), logits];
}
