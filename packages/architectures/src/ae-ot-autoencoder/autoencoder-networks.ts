import { OptionError, type NetworkKind, type NetworkShape, type RandomStream } from '@dist-gan/core';
import { model, type LayersModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { NetworkBuilder } from '../network/network-builder.js';

const kernelSize = 4;
const stride = 2;
const leakySlope = 0.1;

export function buildAutoencoderNetwork(
  kind: NetworkKind,
  { sampleShape, latentDimension }: NetworkShape,
  width: number,
  random: RandomStream,
): LayersModel {
  if (kind === 'discriminator') {
    throw new OptionError('ae-ot-autoencoder: it has no discriminator; choose sngan-cnn', 'kind', kind);
  }
  // PyTorch's batch norm has a momentum of 0.1 where this one has a decay of 0.9.
  const network = new NetworkBuilder(random, { id: 'fan-in-uniform' });
  const [side, , channels] = sampleShape;
  const smallest = side / 16;
  if (kind === 'encoder') {
    const inputs = network.input(sampleShape);
    const outputs = addEncoder(network, inputs, { width, smallest, latentDimension });
    return model({ name: kind, inputs, outputs });
  }
  const inputs = network.input([latentDimension]);
  const outputs = addDecoder(network, inputs, { width, smallest, latentDimension, channels });
  return model({ name: kind, inputs, outputs });
}

function addEncoder(
  network: NetworkBuilder,
  images: SymbolicTensor,
  { width, smallest, latentDimension }: { width: number; smallest: number; latentDimension: number },
): SymbolicTensor {
  let x = network.leakyRelu(network.convolution(images, { filters: width, kernelSize, stride }), leakySlope);
  for (const filters of [2 * width, 4 * width, 8 * width]) {
    x = network.convolution(x, { filters, kernelSize, stride, bias: false });
    x = network.leakyRelu(network.batchNorm(x), leakySlope);
  }
  x = network.convolution(x, { filters: latentDimension, kernelSize: smallest, padding: 'valid' });
  return network.flatten(x);
}

function addDecoder(
  network: NetworkBuilder,
  latents: SymbolicTensor,
  options: { width: number; smallest: number; latentDimension: number; channels: number },
): SymbolicTensor[] {
  const { width, smallest, latentDimension, channels } = options;
  let x = network.reshape(latents, [1, 1, latentDimension]);
  x = network.transposedConvolution(x, { filters: 8 * width, kernelSize: smallest, padding: 'valid' });
  for (const filters of [4 * width, 2 * width, width]) {
    x = network.transposedConvolution(x, { filters, kernelSize, stride, bias: false });
    x = network.relu(network.batchNorm(x));
  }
  const logits = network.transposedConvolution(x, { filters: channels, kernelSize, stride });
  return [network.sigmoid(logits), logits];
}
