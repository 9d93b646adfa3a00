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
import { assertDivisibleImage } from '../network/assert-shape.js';
import { NetworkBuilder } from '../network/network-builder.js';

const schema = v.strictObject({
  /** Channels of the decoder's convolutions, and of the encoder's first stage. Default 64. */
  width: v.optional(positiveInteger, 64),
  /** Numbers in the discriminator's code. Default 64. */
  codeDimension: v.optional(positiveInteger, 64),
  /** How often images are halved, and doubled. Default 2: 32 to 8. */
  halvings: v.optional(positiveInteger, 2),
  /** Of generator and reconstructions: `linear` (default, for samples in [-1, 1]) or `sigmoid` (for [0, 1]). */
  outputActivation: v.optional(oneOf(['linear', 'sigmoid']), 'linear'),
});

export type BeganArchitectureOptions = v.InferInput<typeof schema>;

/**
 * BEGAN's networks: the discriminator is an auto-encoder, and the generator is as its decoder. Pairs of 3 x 3 convolutions with ELU
 * for each size; the encoder halves with strides and has one width more after each halving; the decoder doubles pixels.
 *
 * Kernels are drawn as Xavier's, biases start at 0; the paper does not say.
 *
 * @throws OptionError when an option is unknown or out of range
 * @see Berthelot, Schumm, Metz, "BEGAN: boundary equilibrium generative adversarial networks", 2017, arXiv 1703.10717, Figure 1
 */
export function beganNetworks(options?: BeganArchitectureOptions): Architecture {
  const id = 'began';
  const resolved = resolveOptions(schema, options, id);
  const { width, codeDimension, halvings, outputActivation } = resolved;
  return {
    id,
    title: "BEGAN's auto-encoders",
    source: {
      title: 'Berthelot, Schumm, Metz: BEGAN, boundary equilibrium generative adversarial networks',
      year: 2017,
      reference: 'arXiv:1703.10717',
    },
    options: resolved,
    kinds: ['generator', 'autoencoder'],
    build(kind: NetworkKind, shape, random): LayersModel {
      if (kind !== 'generator' && kind !== 'autoencoder') {
        throw new OptionError(
          `${id} builds generator and autoencoder, not a ${kind}; it is for methods whose discriminator is an auto-encoder`,
          'kind',
          kind,
        );
      }
      assertDivisibleImage(id, shape, 2 ** halvings);
      const [height, imageWidth, channels] = shape.sampleShape;
      const network = new NetworkBuilder(random, { id: 'xavier-uniform' });
      const convolve = (x: SymbolicTensor, filters: number, stride = 1) =>
        network.elu(network.convolution(x, { filters, kernelSize: 3, stride }));
      const smallest = [height / 2 ** halvings, imageWidth / 2 ** halvings, width];
      const decode = (code: SymbolicTensor): SymbolicTensor => {
        let x = network.dense(code, smallest[0] * smallest[1] * smallest[2]);
        x = network.reshape(x, smallest);
        for (let stage = 0; stage <= halvings; stage++) {
          if (stage > 0) x = network.upsample(x);
          x = convolve(convolve(x, width), width);
        }
        return network.convolution(x, { filters: channels, kernelSize: 3 });
      };
      if (kind === 'generator') {
        const inputs = network.input([shape.latentDimension]);
        const x = decode(inputs);
        return model({
          name: kind,
          inputs,
          outputs: outputActivation === 'sigmoid' ? [network.sigmoid(x), x] : x,
        });
      }
      const inputs = network.input(shape.sampleShape);
      let x = convolve(inputs, width);
      for (let stage = 1; stage <= halvings + 1; stage++) {
        x = convolve(convolve(x, stage * width), stage * width);
        if (stage <= halvings) x = convolve(x, (stage + 1) * width, 2);
      }
      const code = network.dense(network.flatten(x), codeDimension);
      const decoded = decode(code);
      const reconstruction = outputActivation === 'sigmoid' ? network.sigmoid(decoded) : decoded;
      return model({ name: kind, inputs, outputs: [reconstruction, code] });
    },
  };
}
