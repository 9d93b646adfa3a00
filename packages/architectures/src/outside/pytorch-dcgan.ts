import { positiveInteger, resolveOptions, type RandomStream } from '@dist-gan/core';
import { model, type LayersModel } from '@tensorflow/tfjs-layers';
import * as v from 'valibot';
import { NetworkBuilder } from '../network/network-builder.js';
import { generatorAlone, type PublishedGenerator } from './published-generator.js';
import type { LayerSource } from './weight-mapping.js';

const schema = v.strictObject({
  /** Channels of its last feature maps, `ngf`. Default 64. */
  width: v.optional(positiveInteger, 64),
  /** `nz`. Default 100. */
  latentDimension: v.optional(positiveInteger, 100),
  /** Channels of its images, `nc`. Default 3. */
  channels: v.optional(positiveInteger, 3),
});

export type PytorchDcganOptions = v.InferInput<typeof schema>;

const firstSide = 4;
/** Channels of the feature maps, as multiples of the width. */
const multiples = [8, 4, 2, 1];
const doubling = { kernelSize: 4, stride: 2, bias: false };

/**
 * The generator of PyTorch's DCGAN example and tutorial, for images of 64 x 64: transposed 4 x 4 convolutions with batch norm and
 * ReLU, the first from a single pixel, which is a dense layer here; tanh. Latents are standard normal, images from -1 to 1.
 *
 * It is there to be sampled and measured with weights that were trained in PyTorch. To train one of its kind, see `celeba-dcgan`.
 *
 * @throws OptionError when an option is unknown or out of range
 * @see Radford, Metz, Chintala: Unsupervised representation learning with deep convolutional generative adversarial networks,
 *   arXiv:1511.06434; code: pytorch/examples dcgan/main.py
 */
export function pytorchDcgan(options?: PytorchDcganOptions): PublishedGenerator {
  const resolved = resolveOptions(schema, options, 'pytorch-dcgan');
  const { width, latentDimension, channels } = resolved;
  const side = firstSide * 2 ** multiples.length;
  const shape = { sampleShape: [side, side, channels], latentDimension };
  return {
    architecture: generatorAlone(
      {
        id: 'pytorch-dcgan',
        title: "Generator of PyTorch's DCGAN example",
        source: {
          title: 'Radford, Metz, Chintala: Unsupervised representation learning with DCGANs',
          year: 2015,
          reference: 'arXiv:1511.06434',
          code: 'pytorch/examples dcgan/main.py',
        },
        options: resolved,
      },
      shape,
      (random) => build(resolved, random),
    ),
    shape,
    latents: { dimension: latentDimension, distribution: 'normal' },
    range: [-1, 1],
    mapping: { layout: 'pytorch', layers: namesOf(width) },
  };
}

function build(
  { width, latentDimension, channels }: Required<PytorchDcganOptions>,
  random: RandomStream,
): LayersModel {
  const network = new NetworkBuilder(random, { id: 'normal', standardDeviation: 0.02 });
  const inputs = network.input([latentDimension]);
  const [first, ...others] = multiples.map((multiple) => multiple * width);
  let x = network.dense(inputs, firstSide * firstSide * first, { bias: false });
  x = network.relu(network.batchNorm(network.reshape(x, [firstSide, firstSide, first])));
  for (const filters of others) {
    x = network.relu(network.batchNorm(network.transposedConvolution(x, { ...doubling, filters })));
  }
  x = network.transposedConvolution(x, { ...doubling, filters: channels });
  return model({ name: 'generator', inputs, outputs: network.tanh(x) });
}

/** In `main`, a convolution, a batch norm and a ReLU follow each other. */
function namesOf(width: number) {
  const layers: Record<string, string | LayerSource> = {
    'dense-1': { from: 'main.0', outputs: [multiples[0] * width, firstSide, firstSide] },
  };
  multiples.forEach((_, i) => {
    layers[`batch-norm-${i + 1}`] = `main.${3 * i + 1}`;
    layers[`transposed-convolution-${i + 1}`] = `main.${3 * i + 3}`;
  });
  return layers;
}
