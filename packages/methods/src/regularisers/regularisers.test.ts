import type { PhaseContext } from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { withoutOtherNetworks } from '../../test/contexts.js';
import { gan } from '../baselines/gan.js';
import { balancedConsistency } from './balanced-consistency.js';
import { leCam } from './lecam.js';
import { regularisers } from './regularisers.js';

/* D(x) = 3 x1 - 4 x2; G is the identity. */
const real = [
  [1, 0.5],
  [0, 0.25],
];
const latents = [
  [0.5, 0.5],
  [1, 0],
];
const noise = [
  [0.5, -1],
  [2, 0.25],
];
const logit = ([a, b]: readonly number[]) => 3 * a - 4 * b;
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

function context(inputs: Record<string, tf.Tensor>, variables: PhaseContext['variables'] = {}): PhaseContext {
  return {
    ...withoutOtherNetworks,
    inputs: { real: tf.tensor2d(real), latents: tf.tensor2d(latents), ...inputs },
    variables,
    generate: (z) => ({ samples: z }),
    encode: (x) => x as tf.Tensor2D,
    discriminate: (x) => ({
      logits: tf.matMul(tf.reshape(x as tf.Tensor, [2, -1]), tf.tensor2d([[3], [-4]])),
      features: tf.reshape(x as tf.Tensor, [2, -1]),
    }),
    weights: () => [],
  };
}

describe('balancedConsistency', () => {
  it('is the squared change of logits by the noise, in a closed form', () => {
    const regulariser = balancedConsistency({
      flip: false,
      translation: false,
      noise: 0.5,
      realWeight: 2,
      fakeWeight: 3,
    });
    const [phase] = gan({ regularisers: [regulariser] }).phases;
    const terms = tf.tidy(() => {
      const all = phase.loss(context({ consistencyNoise: tf.tensor2d(noise) })).terms;
      return Object.fromEntries(Object.entries(all).map(([name, term]) => [name, term.dataSync()[0]]));
    });
    const expected = mean(noise.map((n) => (0.5 * logit(n)) ** 2));
    expect(terms.consistencyReal).toBeCloseTo(expected, 5);
    expect(terms.consistencyFake).toBeCloseTo(expected, 5);
    expect(terms.consistency).toBeCloseTo(5 * expected, 4);
  });

  it('mirrors and shifts images, each by numbers of its own', () => {
    const regulariser = balancedConsistency();
    expect(regulariser.inputs).toHaveLength(8);
    expect(new Set(regulariser.inputs!.map(({ name }) => name)).size).toBe(8);
    // The first number mirrors, 4 and 5 shift: image 1 is mirrored, image 2 is left as it is.
    const numbers = Object.fromEntries(
      regulariser.inputs!.map(({ name }, i) => [name, tf.tensor2d([[i === 0 ? 0.1 : 0.5], [0.5]])]),
    );
    const images = tf.tensor4d(real.flat(), [2, 1, 2, 1]);
    const value = tf.tidy(() => {
      const batch = { real: images, latents: tf.tensor2d(latents) };
      const of = context({ ...numbers, ...batch });
      const [phase] = gan({ regularisers: [regulariser] }).phases;
      const all = phase.loss({ ...of, generate: () => ({ samples: images }) });
      return all.terms.consistencyReal.dataSync()[0];
    });
    const [a, b] = real[0];
    expect(value).toBeCloseTo((logit([a, b]) - logit([b, a])) ** 2 / 2, 4);
    tf.dispose([numbers, images]);
  });

  it('names what to do with samples that are no images', () => {
    const [phase] = gan({ regularisers: [balancedConsistency()] }).phases;
    expect(() => tf.tidy(() => phase.loss(context({})).total)).toThrow(
      'samples are of shape [2]; switch both off and give a noise',
    );
  });
});

describe('leCam', () => {
  it('holds logits to averages of all updates so far, as a float64 loop has them', () => {
    const regulariser = leCam({ decay: 0.75 });
    const [phase] = gan({ regularisers: [regulariser] }).phases;
    const variables = Object.fromEntries(
      Object.entries(regulariser.variables!).map(([name, value]) => [
        name,
        tf.tidy(() => tf.variable(tf.scalar(value))),
      ]),
    );
    const [reals, fakes] = [real.map(logit), latents.map(logit)];
    const seen = { real: [] as number[], fake: [] as number[] };
    for (let step = 0; step < 6; step++) {
      const scale = 1 + step / 2;
      const at = (values: readonly number[]) => values.map((value) => scale * value);
      const average = (values: readonly number[]) => {
        const weights = values.map((_, i) => 0.75 ** (values.length - 1 - i));
        const total = weights.reduce((sum, weight) => sum + weight, 0);
        return values.reduce((sum, value, i) => sum + weights[i] * value, 0) / (total || 1);
      };
      const wanted =
        mean(at(reals).map((x) => (x - average(seen.fake)) ** 2)) +
        mean(at(fakes).map((x) => (x - average(seen.real)) ** 2));
      const value = tf.tidy(() => {
        const scaled = (rows: number[][]) => tf.mul(scale, tf.tensor2d(rows));
        const of = context({ real: scaled(real), latents: scaled(latents) }, variables);
        const { terms } = phase.loss(of);
        phase.after!(of, terms);
        return terms.leCam.dataSync()[0];
      });
      expect(value / wanted).toBeCloseTo(1, 4);
      seen.real.push(mean(at(reals)));
      seen.fake.push(mean(at(fakes)));
    }
    tf.dispose(variables);
  });
});

it.each(Object.entries(regularisers))(
  '%s stands under its id and can be made again from its options',
  (id, make) => {
    const { options, ...regulariser } = make();
    expect(regulariser.id).toBe(id);
    expect(make(JSON.parse(JSON.stringify(options)) as object).options).toEqual(options);
    expect(() => (make as (options: object) => unknown)({ wight: 1 })).toThrow(
      `${id}.wight is not an option`,
    );
  },
);
