import type { Architecture, NetworkShape } from '@dist-gan/core';
import { architectures } from './architectures.js';

/** The id of an architecture of this package. */
export type ArchitectureId = keyof typeof architectures;

/** An architecture whose networks have a few hundred numbers, and a shape that it serves. */
export interface TinyArchitecture {
  readonly architecture: Architecture;
  readonly shape: NetworkShape;
}

const tiny: Readonly<Record<ArchitectureId, () => TinyArchitecture>> = {
  mlp: () => ({
    architecture: architectures.mlp({ hiddenUnits: [5, 4] }),
    shape: { sampleShape: [2], latentDimension: 3 },
  }),
  'gaussian-1d': () => ({
    architecture: architectures['gaussian-1d'](),
    shape: { sampleShape: [1], latentDimension: 1 },
  }),
  'mnist-dcgan': () => ({
    architecture: architectures['mnist-dcgan']({ width: 1 }),
    shape: { sampleShape: [28, 28, 1], latentDimension: 3 },
  }),
  'cifar-dcgan': () => ({
    architecture: architectures['cifar-dcgan']({ width: 2 }),
    shape: { sampleShape: [8, 8, 3], latentDimension: 3 },
  }),
  'celeba-dcgan': () => ({
    architecture: architectures['celeba-dcgan']({ width: 1 }),
    shape: { sampleShape: [16, 16, 3], latentDimension: 3 },
  }),
  'sngan-cnn': () => ({
    architecture: architectures['sngan-cnn']({ width: 1 }),
    shape: { sampleShape: [8, 8, 3], latentDimension: 3 },
  }),
  'stacked-mnist': () => ({
    architecture: architectures['stacked-mnist']({ discriminatorSize: 'half', width: 2 }),
    shape: { sampleShape: [28, 28, 3], latentDimension: 3 },
  }),
  infogan: () => ({
    architecture: architectures.infogan({ width: 1 }),
    shape: { sampleShape: [8, 8, 3], latentDimension: 3 },
  }),
  resnet: () => ({
    architecture: architectures.resnet({ width: 1 }),
    shape: { sampleShape: [8, 8, 3], latentDimension: 3 },
  }),
  r3gan: () => ({
    architecture: architectures.r3gan({ widths: [4, 2], cardinalities: [2, 1], blocks: 1 }),
    shape: { sampleShape: [8, 8, 3], latentDimension: 3 },
  }),
  'ali-mlp': () => ({
    architecture: architectures['ali-mlp']({ units: 5, discriminatorUnits: 4, pieces: 3 }),
    shape: { sampleShape: [2], latentDimension: 3 },
  }),
  began: () => ({
    architecture: architectures.began({ width: 2, codeDimension: 3 }),
    shape: { sampleShape: [8, 8, 3], latentDimension: 3 },
  }),
  'ae-ot-autoencoder': () => ({
    architecture: architectures['ae-ot-autoencoder']({ width: 1 }),
    shape: { sampleShape: [16, 16, 3], latentDimension: 3 },
  }),
};

/**
 * The smallest useful form of an architecture, with every layer that its full form has: for tests of methods,
 * trainers and compilers.
 *
 * @example
 * const { architecture, shape } = tinyArchitecture('cifar-dcgan');
 * const critic = architecture.build('discriminator', shape, RandomStream.fromSeed(1));
 */
export function tinyArchitecture(id: ArchitectureId): TinyArchitecture {
  return tiny[id]();
}
