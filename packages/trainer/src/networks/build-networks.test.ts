import {
  aeOtAutoencoder,
  aliMlp,
  beganNetworks,
  cifarDcgan,
  gaussian1d,
  mnistDcgan,
  resnet,
  stackedMnist,
} from '@dist-gan/architectures';
import { RandomStream, type Architecture, type Method } from '@dist-gan/core';
import {
  aae,
  ali,
  dan2S,
  danS,
  distGan,
  ebgan,
  gnGan,
  infoGan,
  mdgan,
  unrolled,
  vaegan,
} from '@dist-gan/methods';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { buildNetworks } from './build-networks.js';

describe('buildNetworks', () => {
  it.each<[Method, Architecture, kind: string, role: string]>([
    [ali(), gaussian1d(), 'gaussian-encoder', 'encoder'],
    [vaegan(), resnet(), 'gaussian-encoder', 'encoder'],
    [ebgan(), mnistDcgan(), 'autoencoder', 'discriminator'],
    [infoGan(), cifarDcgan(), 'recognition-discriminator', 'discriminator'],
    [danS(), stackedMnist(), 'set-discriminator', 'set-discriminator'],
    [dan2S(), cifarDcgan(), 'two-set-discriminator', 'set-discriminator'],
    [aae(), aliMlp(), 'latent-discriminator', 'discriminator'],
    [distGan(), beganNetworks(), 'encoder', 'encoder'],
    [gnGan(), aeOtAutoencoder(), 'discriminator', 'discriminator'],
    [mdgan(), aeOtAutoencoder(), 'discriminator', 'manifold-discriminator'],
    [unrolled(), beganNetworks(), 'discriminator', 'discriminator'],
  ])('refuses $0.id with $1.id, before anything is built', (method, architecture, kind, role) => {
    const before = tf.memory().numTensors;
    const shape = { sampleShape: [32, 32, 3], latentDimension: 8 };
    const built: string[] = [];
    const build: Architecture['build'] = (kind) => {
      built.push(kind);
      throw new Error('built all the same');
    };
    expect(() => buildNetworks(method, { ...architecture, build }, shape, RandomStream.fromSeed(1))).toThrow(
      `fit.architecture: the method ${method.id} needs a network of kind ${kind} for its role ${role}, and ` +
        `${architecture.id} builds ${architecture.kinds.join(', ')}; choose another architecture, or another method`,
    );
    expect(built).toEqual([]);
    expect(tf.memory().numTensors).toBe(before);
  });
});
