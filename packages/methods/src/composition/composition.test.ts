import { describeMethod } from '@dist-gan/testing/method';
import type { Method, Regulariser } from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { gan } from '../baselines/gan.js';
import { lsgan } from '../baselines/lsgan.js';
import { r3gan } from '../baselines/r3gan.js';
import { rpGan } from '../baselines/rp-gan.js';
import { snGan } from '../baselines/sn-gan.js';
import { wganGp } from '../baselines/wgan-gp.js';
import { distGan } from '../dist-gan/dist-gan.js';
import { gnGan } from '../gn-gan/gn-gan.js';
import { balancedConsistency } from '../regularisers/balanced-consistency.js';
import { diversityPenalty } from '../regularisers/diversity-penalty.js';
import { gdpp } from '../regularisers/gdpp.js';
import { gradientMatching } from '../regularisers/gradient-matching.js';
import { gradientPenalty } from '../regularisers/gradient-penalty.js';
import { latentDataDistance } from '../regularisers/latent-data-distance.js';
import { leCam } from '../regularisers/lecam.js';
import { neighbourEmbedding } from '../regularisers/neighbour-embedding.js';
import { reconstruction } from '../regularisers/reconstruction.js';
import { r1, r2 } from '../regularisers/zero-centred-penalties.js';

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
const noise = balancedConsistency({ flip: false, translation: false, noise: 0.1 });

/** What people put together by hand: each of these bases with what keeps a generator from dropping modes. */
const bases: Record<string, (more: { regularisers: Regulariser[]; packing?: number }) => Method> = {
  gan,
  rpGan,
  'rpGan with R1 and R2': (more) => rpGan({ ...more, penalties: [r1(), r2()] }),
  r3gan,
  wganGp,
  'snGan with hinge': snGan,
};
for (const [title, make] of Object.entries(bases)) {
  describeMethod(`${title} with what is for the generator`, {
    method: make({
      regularisers: [gradientMatching(), diversityPenalty(), gdpp(), neighbourEmbedding({ rows: 'drawn' })],
    }),
  });
  describeMethod(`${title} with what is for the discriminator`, {
    method: make({ regularisers: [noise, leCam(), reconstruction(), latentDataDistance()] }),
  });
  describeMethod(`${title}, packed, with what goes with it`, {
    method: make({ packing: 2, regularisers: [gradientMatching(), gdpp(), noise, reconstruction()] }),
  });
}
describeMethod('dist-gan with penalties and regularisers, packed', {
  method: distGan({ packing: 2, penalties: [r1()], regularisers: [leCam({ form: 'one-sided' }), noise] }),
});
describeMethod('gn-gan of points with penalties and regularisers, packed', {
  method: gnGan({
    packing: 3,
    neighbourEmbedding: { space: 'samples' },
    penalties: [r2()],
    regularisers: [diversityPenalty({ space: 'samples' })],
  }),
});
describeMethod('lsgan with neighbours of drawn latents and the diversity of groups, packed', {
  method: lsgan({
    packing: 3,
    regularisers: [neighbourEmbedding({ rows: 'drawn', space: 'samples' }), gdpp()],
  }),
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

  it('act in every so many steps, with so many times their weight', () => {
    const lazy = gan({ penalties: [{ id: 'r1', options: { gamma: 4 }, every: 8 }] });
    expect(lazy.options).toMatchObject({ penalties: [{ id: 'r1', every: 8 }] });
    expect(lazy.phases[0].intervals).toEqual([8]);
    expect(gan({ penalties: [{ ...r1(), every: 8 }] }).phases[0].intervals).toEqual([8]);
    expect(gan({ penalties: [r1()] }).phases[0]).not.toHaveProperty('intervals');
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
    [() => gan({ penalties: [{ ...r1(), every: 0 }] }), 'r1 must act every so many steps'],
    [() => gan({ regularisers: [{ ...leCam(), every: 2 }] }), 'le-cam keeps numbers that every step changes'],
    [
      () => gan({ regularisers: [{ ...reconstruction(), every: 2 }] }),
      'reconstruction makes a phase of its own',
    ],
    [() => gan({ penalties: [{ id: 'r1', evry: 2 } as never] }), 'r1.evry is not an option'],
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
    [
      () => gan({ packing: 2, regularisers: [neighbourEmbedding()] }),
      'gan.packing: neighbour-embedding compares features sample by sample',
    ],
    [() => gnGan({ packing: 2 }), 'gn-gan.packing: neighbour-embedding compares features sample by sample'],
    [
      () => distGan({ packing: 2, regularisers: [diversityPenalty()] }),
      'dist-gan.packing: diversity-penalty',
    ],
    [() => distGan({ penalties: [reconstruction()] }), 'dist-gan.penalties: reconstruction acts in'],
    [
      () => gan({ regularisers: [leCam(), { ...leCam(), term: 'second', phase: 'generator' }] }),
      'le-cam keeps a variable leCamReal, and so does another one',
    ],
    [() => balancedConsistency({ flip: false, translation: false }), 'no sample is changed'],
    [() => leCam({ decay: 1 }), 'le-cam.decay'],
  ])('refuse what cannot be: %#', (make, message) => {
    expect(make).toThrow(message);
  });
});
