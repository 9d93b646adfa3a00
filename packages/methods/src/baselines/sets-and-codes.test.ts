import { RandomStream, type Method, type PhaseContext } from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { withoutOtherNetworks } from '../../test/contexts.js';
import { dan2S, danS } from './dan.js';
import { infoGan } from './info-gan.js';
import { regGan } from './reg-gan.js';
import { veegan } from './veegan.js';

const softplus = (x: number): number => Math.log1p(Math.exp(-Math.abs(x))) + Math.max(x, 0);
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;

/** Four samples of two numbers each; G is the identity. */
const real = [
  [0.2, 1],
  [0.4, -1],
  [1, 0.5],
  [0.6, 0.25],
];
const latents = [
  [-0.3, 0.9],
  [0.5, 0.1],
  [0.8, -0.4],
  [0.1, 0.7],
];

function terms(
  method: Method,
  phase: number,
  changes: Partial<PhaseContext> | (() => Partial<PhaseContext>),
): Record<string, number> {
  return tf.tidy(() => {
    const { total, terms } = method.phases[phase].loss({
      ...withoutOtherNetworks,
      inputs: {
        real: tf.tensor2d(real),
        latents: tf.tensor2d(latents),
        noise: tf.tensor2d(latents.map(([a, b]) => [b, a])),
      },
      variables: {},
      generate: (z) => ({ samples: z }),
      encode: (x) => x as tf.Tensor2D,
      discriminate: () => {
        throw new Error('not here');
      },
      weights: () => [],
      ...(typeof changes === 'function' ? changes() : changes),
    });
    const all = Object.entries({ total, ...terms });
    return Object.fromEntries(all.map(([name, term]) => [name, term.dataSync()[0]]));
  });
}

const first = (rows: readonly number[][]) => rows.map(([a]) => a);

describe('danS', () => {
  // D of a set: 3 times the mean of first entries.
  const discriminate = (x: unknown) => {
    const sets = tf.reshape(x as tf.Tensor, [-1, 2, 2]);
    const logits: tf.Tensor2D = tf.mul(3, tf.slice(tf.mean<tf.Tensor2D>(sets, 1), [0, 0], [-1, 1]));
    return { logits, features: logits };
  };
  const logitsOf = (rows: readonly number[][]) => [
    3 * mean(first(rows.slice(0, 2))),
    3 * mean(first(rows.slice(2))),
  ];

  it('has the losses of a float64 derivation over sets', () => {
    const method = danS({ setSize: 2, setWeight: 0.2 });
    const discriminator =
      mean(logitsOf(real).map((x) => softplus(-x))) + mean(logitsOf(latents).map(softplus));
    expect(terms(method, 0, { discriminate }).total).toBeCloseTo(discriminator, 5);
    const generator = mean(logitsOf(latents).map((x) => softplus(-x)));
    expect(terms(method, 1, { discriminate }).sets).toBeCloseTo(generator, 5);
    expect(terms(method, 1, { discriminate }).total).toBeCloseTo(0.2 * generator, 5);
  });

  it('judges single samples with a second network where it is asked to', () => {
    const method = danS({ setSize: 3, singleSamples: true });
    expect(method.roles.map(({ id, packing }) => [id, packing])).toEqual([
      ['generator', undefined],
      ['discriminator', undefined],
      ['set-discriminator', 3],
    ]);
    expect(method.phases.map(({ name, updates }) => [name, ...updates])).toEqual([
      ['discriminator', 'discriminator'],
      ['set-discriminator', 'set-discriminator'],
      ['generator', 'generator'],
    ]);
  });
});

describe('dan2S', () => {
  // D of two sets: 5 times the distance of the means of their first entries, less 1.
  const discriminate = (x: unknown) => {
    const means = tf.mean(tf.reshape(x as tf.Tensor, [-1, 2, 2, 2]), 2);
    const [one, other] = tf.split(tf.slice(means, [0, 0, 0], [-1, 2, 1]), 2, 1);
    const logits: tf.Tensor2D = tf.reshape(tf.sub(tf.mul(5, tf.abs(tf.sub(one, other))), 1), [-1, 1]);
    return { logits, features: logits };
  };
  const half = (rows: readonly number[][], which: number) =>
    mean(first(rows.slice(2 * which, 2 * which + 2)));
  const logit = (a: number, b: number) => 5 * Math.abs(a - b) - 1;
  const [r1, r2, f1, f2] = [half(real, 0), half(real, 1), half(latents, 0), half(latents, 1)];

  it('has the losses of a float64 derivation over the four pairings', () => {
    const method = dan2S({ setSize: 2 });
    const discriminator =
      softplus(logit(r1, r2)) + softplus(logit(f1, f2)) + softplus(-logit(r2, f1)) + softplus(-logit(r1, f2));
    expect(terms(method, 0, { discriminate }).total).toBeCloseTo(discriminator, 5);
    const generator = softplus(logit(r2, f1)) + softplus(logit(r1, f2));
    expect(terms(method, 1, { discriminate }).total).toBeCloseTo(generator, 5);
    const released = softplus(-logit(r2, f1)) + softplus(logit(r1, f2));
    const asReleased = dan2S({ setSize: 2, generatorPairs: 'as-released' });
    expect(terms(asReleased, 1, { discriminate }).total).toBeCloseTo(released, 5);
  });
});

describe('veegan', () => {
  // D(x, z) = x1 + 2 z2; F has mean x / 2 and standard deviation 0.1.
  const changes: Partial<PhaseContext> = {
    discriminate: (pair) => {
      const { samples, latents: z } = pair as { samples: tf.Tensor2D; latents: tf.Tensor2D };
      const logits: tf.Tensor2D = tf.add(
        tf.slice(samples, [0, 0], [-1, 1]),
        tf.mul(2, tf.slice(z, [0, 1], [-1, 1])),
      );
      return { logits, features: logits };
    },
    encodeDistribution: (x) => ({
      mean: tf.mul(0.5, x),
      logVariance: tf.mul(2 * Math.log(0.1), tf.onesLike(x)),
    }),
  };
  const code = ([a, b]: readonly number[], i: number) => [
    a / 2 + 0.1 * latents[i][1],
    b / 2 + 0.1 * latents[i][0],
  ];

  it('has the losses of a float64 derivation of Algorithm 1', () => {
    const ofReal = real.map((x, i) => x[0] + 2 * code(x, i)[1]);
    const ofFake = latents.map((z) => z[0] + 2 * z[1]);
    const method = veegan({ reconstructionWeight: 0.5 });
    expect(terms(method, 0, changes).total).toBeCloseTo(
      mean(ofFake.map((x) => softplus(-x))) + mean(ofReal.map(softplus)),
      5,
    );
    const errors = latents.map((z, i) => {
      const [a, b] = code(z, i);
      return (z[0] - a) ** 2 + (z[1] - b) ** 2;
    });
    expect(terms(method, 1, changes).total).toBeCloseTo(mean(ofFake) + 0.5 * mean(errors), 5);
  });
});

describe('regGan', () => {
  const discriminate = (x: unknown) => {
    const logits: tf.Tensor2D = tf.mul(2, tf.slice(x as tf.Tensor2D, [0, 0], [-1, 1]));
    return { logits, features: logits };
  };
  const changes: Partial<PhaseContext> = { discriminate, encode: (x) => tf.mul(0.5, x) };

  it.each(['log-score', 'as-released'] as const)('has the losses of a float64 derivation: %s', (score) => {
    const method = regGan({ score, reconstructionWeight: 0.3, scoreWeight: 0.7 });
    const adversarial = mean(first(latents).map((x) => softplus(-2 * x)));
    const reconstruction = mean(real.flat().map((x) => (x / 2) ** 2));
    const ofScore = mean(first(real).map((x) => (score === 'log-score' ? softplus(-x) : sigmoid(x))));
    expect(terms(method, 1, changes).total).toBeCloseTo(
      adversarial + 0.3 * reconstruction + 0.7 * ofScore,
      5,
    );
    expect(terms(method, 0, changes).total).toBeCloseTo(
      mean(first(real).map((x) => softplus(-2 * x))) + mean(first(latents).map((x) => softplus(2 * x))),
      5,
    );
  });
});

describe('infoGan', () => {
  const random = RandomStream.fromSeed(5);
  const z = Array.from({ length: 4 }, (_, i) => [...random.derive(i).normal(5)]);
  const codes = Array.from({ length: 4 }, (_, i) => [...random.derive(10 + i).normal(5)]);
  const changes =
    (withCodes = true) =>
    (): Partial<PhaseContext> => ({
      inputs: { real: tf.tensor2d(real), latents: tf.tensor2d(z) },
      generate: (latents) => ({ samples: latents }),
      discriminate: () => ({
        logits: tf.zeros([4, 1]),
        features: tf.zeros([4, 1]),
        ...(withCodes && { codes: tf.tensor2d(codes) }),
      }),
    });

  it('asks for the place of the largest latent, and for others as they are, as a float64 derivation does', () => {
    const wanted = mean(
      z.map((row, i) => {
        const logits = codes[i].slice(0, 3);
        const place = row.indexOf(Math.max(...row.slice(0, 3)));
        const crossEntropy = Math.log(logits.reduce((sum, x) => sum + Math.exp(x), 0)) - logits[place];
        return crossEntropy + ((row[3] - codes[i][3]) ** 2 + (row[4] - codes[i][4]) ** 2) / 2;
      }),
    );
    const method = infoGan({ categories: 3, continuous: 2, informationWeight: 0.5 });
    const ofGenerator = terms(method, 1, changes());
    expect(ofGenerator.information).toBeCloseTo(wanted, 5);
    expect(ofGenerator.total).toBeCloseTo(Math.LN2 + 0.5 * wanted, 5);
    expect(terms(method, 0, changes()).total).toBeCloseTo(2 * Math.LN2 + 0.5 * wanted, 5);
  });

  it('names what it lacks: latents, codes, or something to find', () => {
    expect(() => terms(infoGan(), 1, changes())).toThrow(
      '10 categories and 2 continuous latents need 12 latents',
    );
    expect(() => terms(infoGan({ categories: 3 }), 1, changes(false))).toThrow(
      'the discriminator gave no codes',
    );
    expect(() => infoGan({ categories: 1, continuous: 0 })).toThrow('there is nothing to be found');
    expect(() => infoGan({ categories: 2.5 })).toThrow('info-gan.categories: must be a whole number');
  });
});
