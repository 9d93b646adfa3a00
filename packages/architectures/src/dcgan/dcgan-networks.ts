import type { NetworkShape, RandomStream } from '@dist-gan/core';
import { model, type LayersModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { assertDivisibleImage } from '../network/assert-shape.js';
import { NetworkBuilder } from '../network/network-builder.js';
import type { BasicKind } from '../network/basic-kinds.js';

const kernelSize = 5;
const stride = 2;
const leakySlope = 0.2;

/** What the authors' DCGANs differ in. */
interface DcganSize {
  /** Channels of the largest feature maps, those at half the size of the images; each halving doubles them. */
  readonly width: number;
  /** How often the size of the images is halved. */
  readonly halvings: number;
  /** What generator and discriminator are conditioned on. */
  readonly classes?: number | undefined;
}

/**
 * One network of the authors' DCGANs. What a batch norm follows has no bias; the encoder's and the
 * discriminator's first convolution and every last layer have no batch norm.
 *
 * @throws ShapeError when the images cannot be halved that often
 */
export function buildDcganNetwork(
  architecture: string,
  kind: BasicKind,
  shape: NetworkShape,
  size: DcganSize,
  random: RandomStream,
): LayersModel {
  assertDivisibleImage(architecture, shape, stride ** size.halvings);
  const { sampleShape, latentDimension } = shape;
  const network = new NetworkBuilder(random, { id: 'xavier-uniform' });
  const inputs = network.inputs(
    kind === 'generator' ? [latentDimension] : sampleShape,
    kind === 'encoder' ? undefined : size.classes,
  );
  switch (kind) {
    case 'encoder': {
      const features = addConvolutions(network, inputs[0], size);
      return model({ name: kind, inputs, outputs: network.dense(features, latentDimension) });
    }
    case 'generator':
      return model({ name: kind, inputs, outputs: addGenerator(network, inputs[0], size, sampleShape) });
    case 'discriminator': {
      const features = addConvolutions(network, inputs[0], size);
      return model({ name: kind, inputs, outputs: [network.logit(features), features] });
    }
  }
}

/** What encoder and discriminator share; what comes out is flat. */
function addConvolutions(
  network: NetworkBuilder,
  images: SymbolicTensor,
  { width, halvings }: DcganSize,
): SymbolicTensor {
  let x = network.leakyRelu(network.convolution(images, { filters: width, kernelSize, stride }), leakySlope);
  for (let i = 1; i < halvings; i++) {
    x = network.convolution(x, { filters: width * 2 ** i, kernelSize, stride, bias: false });
    x = network.leakyRelu(network.batchNorm(x), leakySlope);
  }
  return network.flatten(x);
}

function addGenerator(
  network: NetworkBuilder,
  latents: SymbolicTensor,
  { width, halvings }: DcganSize,
  [imageHeight, imageWidth, channels]: readonly number[],
): SymbolicTensor[] {
  const filters = Array.from({ length: halvings }, (_, i) => width * 2 ** i).reverse();
  const smallest = [imageHeight / stride ** halvings, imageWidth / stride ** halvings, filters[0]];
  let x = network.dense(latents, smallest[0] * smallest[1] * smallest[2], { bias: false });
  x = network.relu(network.classBatchNorm(x));
  x = network.reshape(x, smallest);
  for (const doubled of filters.slice(1)) {
    x = network.transposedConvolution(x, { filters: doubled, kernelSize, stride, bias: false });
    x = network.relu(network.classBatchNorm(x));
  }
  const logits = network.transposedConvolution(x, { filters: channels, kernelSize, stride });
  return [network.sigmoid(logits), logits];
}
