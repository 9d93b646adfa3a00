import type { Method, PhaseContext } from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, describe, expect, it } from 'vitest';
import { withoutOtherNetworks } from '../../test/contexts.js';
import { began } from './began.js';
import { ebgan } from './ebgan.js';

/* G is the identity; the auto-encoder halves what it is given, so that a sample's error is half of it. */
const real = [
  [3, 4],
  [0, 2],
];
const latents = [
  [0.6, 0.8],
  [0.8, -0.6],
];
const k = tf.tidy(() => tf.variable(tf.scalar(0.25)));
afterAll(() => k.dispose());

const context = (): PhaseContext => ({
  ...withoutOtherNetworks,
  inputs: { real: tf.tensor2d(real), latents: tf.tensor2d(latents) },
  variables: { k },
  generate: (z) => ({ samples: z }),
  encode: (x) => x as tf.Tensor2D,
  discriminate: () => {
    throw new Error('the discriminator is an auto-encoder');
  },
  autoencode: (x) => ({ samples: x, reconstruction: tf.mul(0.5, x), code: x as tf.Tensor2D }),
  weights: () => [],
});

const total = ({ phases }: Method, phase: number): number =>
  tf.tidy(() => phases[phase].loss(context()).total.dataSync()[0]);

it.each([
  ['ebgan', ebgan({ margin: 0.75 })],
  ['began', began()],
] as const)(
  '%s compares a reconstruction with what the discriminator was given, not with what that was before an augmentation',
  (_, method) => {
    // An augmentation that doubles: every error doubles, where a reconstruction beside the sample itself would have none.
    const doubled = (): PhaseContext => ({
      ...context(),
      autoencode: (x) => {
        const samples = tf.mul(2, x);
        return { samples, reconstruction: tf.mul(0.5, samples), code: x as tf.Tensor2D };
      },
    });
    const terms = (of: () => PhaseContext) =>
      tf.tidy(() => {
        const { real: ofReal, fake } = method.phases[0].loss(of()).terms;
        return [ofReal.dataSync()[0], fake.dataSync()[0]];
      });
    const [ofReal, ofFake] = terms(context);
    expect(terms(doubled)[0]).toBeCloseTo(2 * ofReal, 5);
    expect(terms(doubled)[1]).toBeCloseTo(2 * ofFake, 5);
  },
);

describe('ebgan', () => {
  // Lengths of the errors: 2.5 and 1 of real samples, 0.5 of both generated ones, whose directions are at right angles.
  it('has the losses of a derivation by hand', () => {
    expect(total(ebgan({ margin: 0.75 }), 0)).toBeCloseTo(1.75 + 0.25, 5);
    expect(total(ebgan({ margin: 0.25 }), 0)).toBeCloseTo(1.75, 5);
    expect(total(ebgan({ pullAwayWeight: 0 }), 1)).toBeCloseTo(0.5, 5);
    expect(total(ebgan(), 1)).toBeCloseTo(0.5, 5);
  });
});

describe('began', () => {
  // Mean absolute errors: (7 / 2 + 2 / 2) / 4 of real samples, (1.4 / 2) / 2 of generated ones.
  it('has the losses of a derivation by hand', () => {
    expect(total(began(), 0)).toBeCloseTo(1.125 - 0.25 * 0.35, 5);
    expect(total(began(), 1)).toBeCloseTo(0.35, 5);
  });

  it('has the k of a float64 loop over 100 steps, within its borders', () => {
    const options = { gamma: 0.6, balanceRate: 0.05 };
    const [phase] = began(options).phases;
    let wanted = 0.25;
    const seen = { low: 1, high: 0 };
    for (let step = 0; step < 100; step++) {
      const [ofReal, ofFake] = [1 + Math.sin(step / 9), 0.6 + 1.2 * Math.cos(step / 14)];
      tf.tidy(() => phase.after!(context(), { real: tf.scalar(ofReal), fake: tf.scalar(ofFake) }));
      const moved = wanted + options.balanceRate * (options.gamma * ofReal - ofFake);
      wanted = Math.min(Math.max(moved, 0), 1);
      expect(k.dataSync()[0]).toBeCloseTo(wanted, 5);
      seen.low = Math.min(seen.low, wanted);
      seen.high = Math.max(seen.high, wanted);
    }
    expect(seen.low).toBe(0);
    expect(seen.high).toBeGreaterThan(0.5);
  });
});
