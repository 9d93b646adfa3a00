import type { Method, PhaseContext } from '@dist-gan/core';
import {
  discriminatorScoreDistance,
  gradientMatching,
  neighbourEmbedding,
  squaredErrorReconstructionLoss,
} from '@dist-gan/losses';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { withoutOtherNetworks } from '../../test/contexts.js';
import { distGan } from '../dist-gan/dist-gan.js';
import { gnGan, type GnGanOptions } from './gn-gan.js';

/* G(z) = sigmoid(2 z), E(x) = x / 2, D(x) = x1 - 2 x2 with tanh in between, and the samples themselves as features. */
const values: Record<string, number[][]> = {
  real: [
    [0.1, 0.9],
    [0.4, 0.2],
    [0.7, 0.35],
    [0.5, 0.5],
  ],
  latents: [
    [-0.5, 0.25],
    [0.75, -1],
    [0.1, 0.5],
    [0.9, 0.3],
  ],
  coefficients: [[0.25], [0.5], [0.75], [0.9]],
};
const generate = (z: tf.Tensor) => ({ samples: tf.sigmoid(tf.mul(2, z)), logits: tf.mul(2, z) });
const encode = (x: tf.Tensor) => tf.mul<tf.Tensor2D>(0.5, x);
const logitsOf = (x: tf.Tensor): tf.Tensor2D => tf.matMul(tf.tanh(x), tf.tensor2d([[1], [-2]]));

function contextOf(method: Method, phase: number): PhaseContext {
  return {
    ...withoutOtherNetworks,
    inputs: Object.fromEntries(
      method.phases[phase].inputs.map(({ name }) => [name, tf.tensor2d(values[name])]),
    ),
    variables: {},
    generate,
    encode,
    discriminate: (x) => ({
      logits: logitsOf(x as tf.Tensor),
      features: tf.mul<tf.Tensor2D>(3, x as tf.Tensor2D),
    }),
    weights: () => [],
  };
}

function losses(method: Method, phase: number): Record<string, number> {
  return tf.tidy(() => {
    const { total, terms } = method.phases[phase].loss(contextOf(method, phase));
    return Object.fromEntries(
      Object.entries({ total, ...terms }).map(([name, value]) => [name, value.dataSync()[0]]),
    );
  });
}

const own = { neighbourEmbedding: { weight: 0 }, gradientMatching: { weight: 0 } } satisfies GnGanOptions;

describe('gnGan', () => {
  it.each(['log', 'hinge'] as const)(
    'without what is its own is Dist-GAN without its distance: %s',
    (form) => {
      const plain = gnGan({ ...own, discriminatorLoss: form });
      const other = distGan({ discriminatorLoss: form, latentDataWeight: 0, reconstructedFade: 'none' });
      for (const phase of [0, 1, 2]) expect(losses(plain, phase)).toEqual(losses(other, phase));
      expect(plain.phases.map(({ inputs }) => inputs)).toEqual(other.phases.map(({ inputs }) => inputs));
    },
  );

  it.each([
    ['encoded-and-drawn', ['encoded', 'drawn']],
    ['encoded', ['encoded']],
  ] as const)('embeds neighbours of %s latents in the reconstruction phase', (rows, sides) => {
    const actual = losses(
      gnGan({
        neighbourEmbedding: { rows, weight: 0.5, space: 'samples' },
        reconstructionLoss: 'squared-error',
      }),
      0,
    );
    const [reconstruction, embedding] = tf.tidy(() => {
      const [real, drawn] = [tf.tensor2d(values.real), tf.tensor2d(values.latents)];
      const latents = sides.map((side) => (side === 'encoded' ? encode(real) : drawn));
      const samples = latents.map((z) => generate(z).samples);
      return [
        squaredErrorReconstructionLoss({ target: real, reconstruction: generate(encode(real)).samples }),
        neighbourEmbedding({ latents: tf.concat(latents), samples: tf.concat(samples) }),
      ].map((loss) => loss.dataSync()[0]);
    });
    expect(actual['reconstruction']).toBeCloseTo(reconstruction, 6);
    expect(actual['neighbourEmbedding']).toBeCloseTo(embedding, 6);
    expect(actual['total']).toBeCloseTo(reconstruction + 0.5 * embedding, 5);
  });

  it('embeds drawn latents in the generator phase, where the auto-encoder is no part of it', () => {
    const method = gnGan({ neighbourEmbedding: { rows: 'drawn', bandwidthOf: 'real' } });
    expect(Object.keys(losses(method, 0))).toEqual(['total', 'reconstruction']);
    expect(Object.keys(losses(method, 2))).toContain('neighbourEmbedding');
  });

  it.each(['sigmoid', 'logit'] as const)('matches means and slopes of the %s', (score) => {
    const actual = losses(gnGan({ score, gradientMatching: { productWeight: 3 } }), 2);
    const [distance, matching] = tf.tidy(() => {
      const realSamples = tf.tensor2d(values.real);
      const fakeSamples = generate(tf.tensor2d(values.latents)).samples;
      return [
        discriminatorScoreDistance(
          { realLogits: logitsOf(realSamples), fakeLogits: logitsOf(fakeSamples) },
          { of: score },
        ),
        gradientMatching(
          { discriminate: logitsOf, realSamples, fakeSamples },
          { of: score, productWeight: 3 },
        ).total,
      ].map((loss) => loss.dataSync()[0]);
    });
    expect(actual['scoreDistance']).toBeCloseTo(distance, 6);
    expect(actual['gradientMatching']).toBeCloseTo(matching, 6);
    expect(actual['total']).toBeCloseTo(distance + matching, 5);
  });

  it('weights real samples and reconstructions by 1 - alpha and alpha', () => {
    const { total, real, reconstructed, fake } = losses(
      gnGan({ ...own, alpha: 0.2, gradientPenaltyWeight: 0 }),
      1,
    );
    expect(total).toBeCloseTo(0.8 * real + 0.2 * reconstructed + fake, 5);
    expect(Object.keys(losses(gnGan({ alpha: 0 }), 1))).not.toContain('reconstructed');
    expect(() => gnGan({ alpha: 1.5 })).toThrow('gn-gan.alpha: must be from 0 to 1 (got 1.5)');
  });
});
