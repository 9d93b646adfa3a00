import type { NetworkKind, NetworkShape, RandomStream } from '@dist-gan/core';
import { model, type LayersModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import type { WeightDistribution } from '../initializers/weight-distribution.js';
import { NetworkBuilder } from '../network/network-builder.js';

export const hiddenActivations = ['relu', 'leaky-relu', 'tanh'] as const;
export const outputActivations = ['sigmoid', 'linear'] as const;

/** Networks of dense layers, the same hidden layers for every kind. */
export interface DenseNetworks {
  readonly hiddenUnits: readonly number[];
  readonly activation: (typeof hiddenActivations)[number];
  /** Of `leaky-relu`. */
  readonly leakySlope: number;
  /** Of the generator; the encoder's latents and the discriminator's logits have none. */
  readonly outputActivation: (typeof outputActivations)[number];
  readonly distribution: WeightDistribution;
  /** Whether every layer of a discriminator has spectral norm. Default false. */
  readonly discriminatorSpectralNorm?: boolean;
}

/** Builds one network. Samples of any shape are flattened on the way in and shaped on the way out. */
export function buildDenseNetwork(
  kind: NetworkKind,
  { sampleShape, latentDimension }: NetworkShape,
  options: DenseNetworks,
  random: RandomStream,
): LayersModel {
  const spectralNorm = options.discriminatorSpectralNorm === true && kind.endsWith('discriminator');
  const network = new NetworkBuilder(random, options.distribution, { spectralNorm });
  if (kind === 'set-discriminator' || kind === 'two-set-discriminator') {
    return buildSetDiscriminator(kind, sampleShape, network, options);
  }
  const sampleSize = sampleShape.reduce((product, length) => product * length, 1);
  const { inputs, joined } = inputsOf(kind, network, { sampleShape, latentDimension });
  const hidden = addHiddenLayers(network, joined, options);
  const latents = () => network.dense(hidden, latentDimension);
  switch (kind) {
    case 'encoder':
      return model({ name: kind, inputs, outputs: latents() });
    case 'gaussian-encoder':
      return model({ name: kind, inputs, outputs: [latents(), latents()] });
    case 'discriminator':
    case 'joint-discriminator':
    case 'latent-discriminator':
      return model({ name: kind, inputs, outputs: [network.dense(hidden, 1), hidden] });
    case 'recognition-discriminator':
      return model({ name: kind, inputs, outputs: [network.dense(hidden, 1), hidden, latents()] });
    case 'autoencoder':
      return model({
        name: kind,
        inputs,
        outputs: [network.reshape(network.dense(hidden, sampleSize), sampleShape), hidden],
      });
    case 'generator': {
      const logits = network.reshape(network.dense(hidden, sampleSize), sampleShape);
      const outputs = options.outputActivation === 'sigmoid' ? [network.sigmoid(logits), logits] : logits;
      return model({ name: kind, inputs, outputs });
    }
  }
}

/**
 * The hidden layers up to the last one judge every sample by itself. Their mean over a set, or the difference of the means of
 * its halves, goes on through the last one.
 */
function buildSetDiscriminator(
  kind: 'set-discriminator' | 'two-set-discriminator',
  [setSize, ...sampleShape]: readonly number[],
  network: NetworkBuilder,
  options: DenseNetworks,
): LayersModel {
  const { hiddenUnits } = options;
  const ofSamples = Math.max(1, hiddenUnits.length - 1);
  const sampleSize = sampleShape.reduce((product, length) => product * length, 1);
  const sets = network.input([setSize, ...sampleShape]);
  const samples = network.reshape(sets, [setSize, sampleSize]);
  const embedded = addHiddenLayers(network, samples, {
    ...options,
    hiddenUnits: hiddenUnits.slice(0, ofSamples),
  });
  const ofSet = kind === 'set-discriminator' ? network.setMean(embedded) : network.setDifference(embedded);
  const hidden = addHiddenLayers(network, ofSet, { ...options, hiddenUnits: hiddenUnits.slice(ofSamples) });
  return model({ name: kind, inputs: sets, outputs: [network.dense(hidden, 1), hidden] });
}

/** What a network of a kind takes, and all of it as one vector. */
function inputsOf(
  kind: NetworkKind,
  network: NetworkBuilder,
  { sampleShape, latentDimension }: NetworkShape,
): { readonly inputs: SymbolicTensor[]; readonly joined: SymbolicTensor } {
  if (kind === 'generator' || kind === 'latent-discriminator') {
    const latents = network.input([latentDimension]);
    return { inputs: [latents], joined: latents };
  }
  const samples = network.input(sampleShape);
  const joined = network.flatten(samples);
  if (kind !== 'joint-discriminator') return { inputs: [samples], joined };
  const latents = network.input([latentDimension]);
  return { inputs: [samples, latents], joined: network.concatenate(joined, latents) };
}

function addHiddenLayers(
  network: NetworkBuilder,
  x: SymbolicTensor,
  { hiddenUnits, activation, leakySlope }: DenseNetworks,
): SymbolicTensor {
  for (const units of hiddenUnits) {
    x = network.dense(x, units);
    if (activation === 'relu') x = network.relu(x);
    else if (activation === 'leaky-relu') x = network.leakyRelu(x, leakySlope);
    else x = network.tanh(x);
  }
  return x;
}
