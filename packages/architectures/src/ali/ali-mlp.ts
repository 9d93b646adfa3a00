import {
  oneOf,
  OptionError,
  positiveInteger,
  resolveOptions,
  type Architecture,
  type NetworkKind,
} from '@dist-gan/core';
import { model, type LayersModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import * as v from 'valibot';
import { assertNetworkShape } from '../network/assert-shape.js';
import { NetworkBuilder } from '../network/network-builder.js';

const schema = v.strictObject({
  /** Units of each of the generator's four hidden layers and of the encoder's two. Default 400. */
  units: v.optional(positiveInteger, 400),
  /** Units of each of the discriminator's three hidden layers. Default 200. */
  discriminatorUnits: v.optional(positiveInteger, 200),
  /** Of its maxout. Default 5. */
  pieces: v.optional(positiveInteger, 5),
  /** Of the generator: `linear` (default, as published) or `sigmoid` (for samples in [0, 1]). */
  outputActivation: v.optional(oneOf(['linear', 'sigmoid']), 'linear'),
});

export type AliMlpOptions = v.InferInput<typeof schema>;

/** Blocks' own epsilon, and how the experiments' code moves averages; Blocks averages deviations, this one variances. */
const batchNorm = { decay: 0.95, epsilon: 1e-4 };

const kinds = ['generator', 'encoder', 'gaussian-encoder', 'discriminator', 'joint-discriminator'] as const;

/**
 * The networks of ALI for points of the plane, which PacGAN's experiments have as well: a generator of four layers with ReLU and
 * batch norm, an encoder of two, a discriminator of three maxout layers, of samples alone or of pairs.
 *
 * Kernels are drawn from N(0, 0.02^2), biases start at 0; layers before batch norm have none. Batch norm has a decay of 0.95 and an
 * epsilon of 1e-4, which shows: the first layer's variance is 8e-4 at the start. The published encoder is given noise beside a
 * sample; here it gives mean and variance.
 *
 * @throws OptionError when an option is unknown or out of range
 * @see Dumoulin et al., "Adversarially learned inference", 2016, arXiv 1606.00704, section 4.5
 */
export function aliMlp(options?: AliMlpOptions): Architecture {
  const id = 'ali-mlp';
  const { units, discriminatorUnits, pieces, outputActivation } = resolveOptions(schema, options, id);
  return {
    id,
    title: "ALI's networks for points",
    source: {
      title: 'Dumoulin et al.: Adversarially learned inference',
      year: 2016,
      reference: 'arXiv:1606.00704',
      code: 'IshmaelBelghazi/ALI experiments/ali_mixture.py; fjxmlzn/PacGAN synthetic_data_experiments',
    },
    options: { units, discriminatorUnits, pieces, outputActivation },
    kinds,
    build(kind: NetworkKind, shape, random): LayersModel {
      assertNetworkShape(id, shape);
      const { sampleShape, latentDimension } = shape;
      const sampleSize = sampleShape.reduce((product, length) => product * length, 1);
      const network = new NetworkBuilder(random, { id: 'normal', standardDeviation: 0.02 }, { batchNorm });
      const normalised = (x: SymbolicTensor, layers: number) => {
        for (let i = 0; i < layers; i++) {
          x = network.relu(network.batchNorm(network.dense(x, units, { bias: false })));
        }
        return x;
      };
      const judged = (x: SymbolicTensor) => {
        for (let i = 0; i < 3; i++) x = network.maxout(network.dense(x, pieces * discriminatorUnits), pieces);
        return [network.dense(x, 1), x];
      };
      switch (kind) {
        case 'generator': {
          const inputs = network.input([latentDimension]);
          const logits = network.reshape(network.dense(normalised(inputs, 4), sampleSize), sampleShape);
          const outputs = outputActivation === 'sigmoid' ? [network.sigmoid(logits), logits] : logits;
          return model({ name: kind, inputs, outputs });
        }
        case 'encoder':
        case 'gaussian-encoder': {
          const inputs = network.input(sampleShape);
          const hidden = normalised(network.flatten(inputs), 2);
          const latents = () => network.dense(hidden, latentDimension);
          return model({
            name: kind,
            inputs,
            outputs: kind === 'encoder' ? latents() : [latents(), latents()],
          });
        }
        case 'discriminator': {
          const inputs = network.input(sampleShape);
          return model({ name: kind, inputs, outputs: judged(network.flatten(inputs)) });
        }
        case 'joint-discriminator': {
          const inputs = [network.input(sampleShape), network.input([latentDimension])];
          const joined = network.concatenate(network.flatten(inputs[0]), inputs[1]);
          return model({ name: kind, inputs, outputs: judged(joined) });
        }
        default:
          throw new OptionError(
            `${id} builds ${kinds.join(', ')}, not a ${kind}; choose another architecture, such as mlp`,
            'kind',
            kind,
          );
      }
    },
  };
}
