import type { NetworkShape, RandomStream } from '@dist-gan/core';
import { model, type LayersModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { NetworkBuilder } from '../network/network-builder.js';
import { headBlocks } from './head-blocks.js';
import type { ResidualBlocks } from './residual-blocks.js';
import { v1Blocks } from './v1-blocks.js';
import type { BasicKind } from '../network/basic-kinds.js';

const forms: Readonly<Record<'head' | 'v1', ResidualBlocks>> = { head: headBlocks, v1: v1Blocks };

interface Resnet {
  readonly resolution: 32 | 48;
  readonly form: keyof typeof forms;
  readonly width: number;
  /** What generator and discriminator are conditioned on. */
  readonly classes?: number | undefined;
}

/** Channels of every block, as multiples of the width. */
interface Channels {
  /** Of the generator's dense layer, then of its blocks. */
  readonly generator: readonly number[];
  /** Of the encoder's first convolution, then of its blocks. */
  readonly encoder: readonly number[];
  /** Of the discriminator's blocks, the first included. */
  readonly discriminator: readonly number[];
  /** How many of the discriminator's blocks halve the images. */
  readonly halvings: number;
}

const channelsOf: Readonly<Record<Resnet['resolution'], Channels>> = {
  32: { generator: [2, 2, 2, 2], encoder: [2, 2, 2, 2], discriminator: [1, 1, 1, 1], halvings: 2 },
  48: { generator: [8, 4, 2, 1], encoder: [1, 2, 4, 8], discriminator: [1, 2, 4, 8, 16], halvings: 4 },
};

export function buildResnetNetwork(
  kind: BasicKind,
  { sampleShape, latentDimension }: NetworkShape,
  { resolution, form, width, classes }: Resnet,
  random: RandomStream,
): LayersModel {
  const batchNorm = { decay: 0.999, epsilon: 1e-5 };
  const network = new NetworkBuilder(random, { id: 'xavier-uniform' }, { batchNorm });
  const inputs = network.inputs(
    kind === 'generator' ? [latentDimension] : sampleShape,
    kind === 'encoder' ? undefined : classes,
  );
  const blocks = forms[form];
  const channels = channelsOf[resolution];
  const filters = (kind: BasicKind): number[] => channels[kind].map((multiple) => multiple * width);
  switch (kind) {
    case 'generator': {
      const logits = addGenerator(network, inputs[0], blocks, filters(kind), sampleShape);
      return model({ name: kind, inputs, outputs: [network.sigmoid(logits), logits] });
    }
    case 'encoder': {
      const features = addEncoder(network, inputs[0], blocks, filters(kind));
      return model({ name: kind, inputs, outputs: network.dense(features, latentDimension) });
    }
    case 'discriminator': {
      const maps = addDiscriminator(network, inputs[0], blocks, filters(kind), channels.halvings);
      const logits = network.logit(blocks.pool(network, maps));
      return model({ name: kind, inputs, outputs: [logits, network.flatten(maps)] });
    }
  }
}

function addGenerator(
  network: NetworkBuilder,
  latents: SymbolicTensor,
  blocks: ResidualBlocks,
  [first, ...others]: number[],
  [side, , channels]: readonly number[],
): SymbolicTensor {
  const smallest = side / 2 ** others.length;
  let x = network.dense(latents, smallest * smallest * first);
  x = network.reshape(x, [smallest, smallest, first]);
  for (const filters of others) x = blocks.up(network, x, filters);
  x = network.relu(network.classBatchNorm(x));
  return network.convolution(x, { filters: channels, kernelSize: 3 });
}

function addEncoder(
  network: NetworkBuilder,
  images: SymbolicTensor,
  blocks: ResidualBlocks,
  [first, ...others]: number[],
): SymbolicTensor {
  let x = network.convolution(images, { filters: first, kernelSize: 3, bias: false });
  for (const filters of others) x = blocks.encode(network, x, filters);
  return network.flatten(network.leakyRelu(network.batchNorm(x), 0.2));
}

function addDiscriminator(
  network: NetworkBuilder,
  images: SymbolicTensor,
  blocks: ResidualBlocks,
  [first, ...others]: number[],
  halvings: number,
): SymbolicTensor {
  let x = blocks.first(network, images, first);
  others.forEach((filters, i) => {
    x = blocks.discriminate(network, x, filters, i + 1 < halvings);
  });
  return network.relu(x);
}
