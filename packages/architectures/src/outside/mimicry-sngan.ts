import { oneOf, positiveInteger, resolveOptions, type RandomStream } from '@dist-gan/core';
import { model, type LayersModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import * as v from 'valibot';
import { NetworkBuilder } from '../network/network-builder.js';
import { generatorAlone, type PublishedGenerator } from './published-generator.js';
import type { LayerSource } from './weight-mapping.js';

const schema = v.strictObject({
  /** Height and width of its images. Default 32. */
  resolution: v.optional(oneOf([32, 48, 64, 128]), 32),
  /** Channels of its first feature maps. Default mimicry's: 256, 512, 1024 and 1024. */
  width: v.optional(positiveInteger),
  /** Default 128. */
  latentDimension: v.optional(positiveInteger, 128),
});

export type MimicrySnganOptions = v.InferInput<typeof schema>;

/** Side of the first feature maps, their channels, and the channels of each block as fractions of them. */
const forms = {
  32: { side: 4, width: 256, blocks: [1, 1, 1] },
  48: { side: 6, width: 512, blocks: [1 / 2, 1 / 4, 1 / 8] },
  64: { side: 4, width: 1024, blocks: [1 / 2, 1 / 4, 1 / 8, 1 / 16] },
  128: { side: 4, width: 1024, blocks: [1, 1 / 2, 1 / 4, 1 / 8, 1 / 16] },
} as const;

/**
 * The residual generator of mimicry's SN-GAN (`SNGANGenerator32`, `-48`, `-64`, `-128`): a dense layer, blocks of batch norm, ReLU
 * and 3 x 3 convolution that double the size bilinearly beside a 1 x 1 convolution, batch norm, ReLU, a convolution, tanh. Latents
 * are standard normal, images from -1 to 1. Its authors measure it in evaluation mode.
 *
 * It is there to be sampled and measured with published weights (`model_state_dict` of a checkpoint of mimicry, written as
 * safetensors). To train one of its kind, see `resnet`.
 *
 * @throws OptionError when an option is unknown or out of range
 * @see Miyato et al., arXiv:1802.05957, table 4; code: kwotsin/mimicry torch_mimicry/nets/sngan, modules/resblocks.py
 */
export function mimicrySngan(options?: MimicrySnganOptions): PublishedGenerator {
  const { resolution, width: chosen, latentDimension } = resolveOptions(schema, options, 'mimicry-sngan');
  const { side, blocks, ...form } = forms[resolution];
  const width = chosen ?? form.width;
  const channels = blocks.map((fraction) => Math.floor(width * fraction));
  const shape = { sampleShape: [resolution, resolution, 3], latentDimension };
  return {
    architecture: generatorAlone(
      {
        id: 'mimicry-sngan',
        title: "Residual generator of mimicry's SN-GAN",
        source: {
          title: 'Lee, Town: Mimicry: Towards the reproducibility of GAN research',
          year: 2020,
          reference: 'arXiv:2005.02494',
          code: 'kwotsin/mimicry torch_mimicry/nets/sngan',
        },
        options: { resolution, width, latentDimension },
      },
      shape,
      (random) => build({ latentDimension, side, width, channels }, random),
    ),
    shape,
    latents: { dimension: latentDimension, distribution: 'normal' },
    range: [-1, 1],
    mapping: { layout: 'pytorch', layers: namesOf({ width, side, blocks: blocks.length }) },
  };
}

interface Size {
  readonly latentDimension: number;
  readonly side: number;
  readonly width: number;
  /** Of each block. */
  readonly channels: readonly number[];
}

function build({ latentDimension, side, width, channels }: Size, random: RandomStream): LayersModel {
  const network = new NetworkBuilder(random, { id: 'xavier-uniform' });
  const inputs = network.input([latentDimension]);
  let x = network.reshape(network.dense(inputs, side * side * width), [side, side, width]);
  for (const filters of channels) x = block(network, x, filters);
  x = network.relu(network.batchNorm(x));
  return model({
    name: 'generator',
    inputs,
    outputs: network.tanh(network.convolution(x, { filters: 3, kernelSize: 3 })),
  });
}

function block(network: NetworkBuilder, x: SymbolicTensor, filters: number): SymbolicTensor {
  let main = network.upsampleBilinear(network.relu(network.batchNorm(x)));
  main = network.convolution(main, { filters, kernelSize: 3 });
  main = network.convolution(network.relu(network.batchNorm(main)), { filters, kernelSize: 3 });
  return network.add(main, network.convolution(network.upsampleBilinear(x), { filters, kernelSize: 1 }));
}

/** mimicry counts its layers from `l1` on, blocks among them: `block2`, ..., and last `b5` and `c5`. */
function namesOf({ width, side, blocks }: { width: number; side: number; blocks: number }) {
  const layers: Record<string, string | LayerSource> = {
    'dense-1': { from: 'l1', outputs: [width, side, side] },
  };
  for (let i = 0; i < blocks; i++) {
    const name = `block${i + 2}`;
    layers[`batch-norm-${2 * i + 1}`] = `${name}.b1`;
    layers[`batch-norm-${2 * i + 2}`] = `${name}.b2`;
    layers[`convolution-${3 * i + 1}`] = `${name}.c1`;
    layers[`convolution-${3 * i + 2}`] = `${name}.c2`;
    layers[`convolution-${3 * i + 3}`] = `${name}.c_sc`;
  }
  layers[`batch-norm-${2 * blocks + 1}`] = `b${blocks + 2}`;
  layers[`convolution-${3 * blocks + 1}`] = `c${blocks + 2}`;
  return layers;
}
