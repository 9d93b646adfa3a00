import { describeMethod } from '@dist-gan/testing/method';
import type { Regulariser } from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { gan } from '../baselines/gan.js';
import { lsgan } from '../baselines/lsgan.js';
import { wganGp } from '../baselines/wgan-gp.js';
import { gradientMatching } from '../regularisers/gradient-matching.js';
import { gradientPenalty } from '../regularisers/gradient-penalty.js';
import { latentDataDistance } from '../regularisers/latent-data-distance.js';
import { neighbourEmbedding } from '../regularisers/neighbour-embedding.js';
import { reconstruction } from '../regularisers/reconstruction.js';

/** One of somebody's own: it draws generated samples to the middle of [0, 1]. */
const own: Regulariser = {
  id: 'to-the-middle',
  title: 'To the middle',
  source: { title: 'Made for tests', year: 2026 },
  options: { strength: 2 },
  term: 'distanceFromMiddle',
  phase: 'generator',
  weight: 2,
  reads: ['latents'],
  loss: (batch) => tf.mean(tf.square(tf.sub(batch.generated().samples, 0.5))),
};

describeMethod('gan with everything', {
  method: gan({
    penalties: [gradientPenalty({ norm: 'rms' })],
    regularisers: [
      reconstruction(),
      latentDataDistance({ weight: 0.5 }),
      neighbourEmbedding({ bandwidthOf: 'real' }),
      gradientMatching(),
      own,
    ],
  }),
});
describeMethod('lsgan with neighbours of drawn latents, packed', {
  method: lsgan({ packing: 3, regularisers: [neighbourEmbedding({ rows: 'drawn', space: 'samples' })] }),
});

describe('regularisers', () => {
  it('are recorded by their ids and can be made again from the record', () => {
    const method = gan({ penalties: [gradientPenalty({ weight: 3 })], regularisers: [latentDataDistance()] });
    expect(method.options).toMatchObject({
      penalties: [{ id: 'gradient-penalty', options: { weight: 3, norm: 'l2' } }],
      regularisers: [{ id: 'latent-data-distance' }],
    });
    const again = gan(JSON.parse(JSON.stringify(method.options)) as object);
    expect(again.options).toEqual(method.options);
    expect(again.phases.map(({ inputs }) => inputs)).toEqual(method.phases.map(({ inputs }) => inputs));
    expect(again.roles).toEqual(method.roles);
  });

  it('bring the networks, inputs and phases that they need', () => {
    expect(gan().phases.map(({ name }) => name)).toEqual(['discriminator', 'generator']);
    const method = gan({ regularisers: [reconstruction({ updates: 'encoder' })] });
    expect(method.roles.map(({ id }) => id)).toEqual(['generator', 'encoder', 'discriminator']);
    expect(method.phases.map(({ name, updates }) => [name, updates])).toEqual([
      ['reconstruction', ['encoder']],
      ['discriminator', ['discriminator']],
      ['generator', ['generator']],
    ]);
  });

  it('share an input that two of them name', () => {
    const method = wganGp({ penalties: [{ ...gradientPenalty(), term: 'secondPenalty' }] });
    expect(method.phases[0].inputs.map(({ name }) => name)).toEqual(['real', 'latents', 'coefficients']);
  });

  it.each([
    [() => gan({ regularisers: [{ id: 'latent-data-distanc' }] }), /latent-data-distance/],
    [
      () => gan({ regularisers: [{ id: 'reconstruction', options: { los: 1 } }] }),
      'reconstruction.los is not an option',
    ],
    [() => gan({ regularisers: 'reconstruction' as never }), 'must be a list of regularisers'],
    [() => gan({ penalties: [reconstruction()] }), 'reconstruction acts in the reconstruction phase'],
    [() => gan({ regularisers: [own, own] }), 'to-the-middle is there twice in the generator phase'],
    [
      () => gan({ regularisers: [{ ...own, phase: 'reconstruction' }] }),
      'to-the-middle in the reconstruction phase train no network',
    ],
    [
      () =>
        gan({
          penalties: [gradientPenalty()],
          regularisers: [
            {
              ...gradientPenalty(),
              term: 'other',
              inputs: [{ name: 'coefficients', kind: 'normal', draw: 'repeat' }],
            },
          ],
        }),
      'two of them call different inputs coefficients',
    ],
  ])('refuse what cannot be: %#', (make, message) => {
    expect(make).toThrow(message);
  });
});
