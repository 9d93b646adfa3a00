/** Every phase of every method, and every regulariser, where the discriminator is sure: logits of +-80. */
import {
  RandomStream,
  type Method,
  type PhaseContext,
  type PhaseInput,
  type RoleId,
  type SamplesWithLatents,
} from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { smallMethods } from '../../../tooling/test/small-methods.js';
import { methods } from './methods.js';
import { regularisers } from './regularisers/regularisers.js';

const batchSize = 8;
const shape = [batchSize, 2] as const;

/** What makes a method, or a regulariser, fit such a batch. */
const small: Record<string, object> = {
  ...smallMethods,
  'balanced-consistency': { flip: false, translation: false, noise: 0.1 },
};
const cases: [string, Method][] = [
  ...Object.entries(methods).map(([id, make]): [string, Method] => [id, make(small[id])]),
  ...Object.entries(regularisers).map(([id, make]): [string, Method] => [
    `gan with ${id}`,
    methods.gan({ regularisers: [make(small[id])] }),
  ]),
  ['gan, saturating', methods.gan({ generatorLoss: 'minimax' })],
  ['gan of pairs', methods.gan({ packing: 2 })],
  ['sn-gan, log', methods['sn-gan']({ loss: 'log' })],
  ['rp-gan against averages', methods['rp-gan']({ against: 'average' })],
  ['dist-gan, hinge', methods['dist-gan']({ discriminatorLoss: 'hinge' })],
  ['dist-gan, hinge on scores', methods['dist-gan']({ discriminatorLoss: 'hinge', hingeOn: 'sigmoid' })],
  ['dist-gan, reconstructions called fake', methods['dist-gan']({ reconstructedLabel: 'fake' })],
  ['gn-gan, logits', methods['gn-gan']({ score: 'logit' })],
  ['dan-s with single samples', methods['dan-s']({ setSize: 2, singleSamples: true })],
];

/** One matrix for each network, and what a discriminator adds: so much for real samples, so much for all others. */
interface Sure {
  readonly weights: Readonly<Record<RoleId, tf.Variable<tf.Rank.R2>>>;
  readonly real: number;
  readonly fake: number;
}

function contextOf(method: Method, inputs: readonly PhaseInput[], sure: Sure): PhaseContext {
  const values = Object.fromEntries(inputs.map((input) => [input.name, draw(input)]));
  const weights: Record<RoleId, tf.Tensor2D> = { ...sure.weights };
  const through = (rows: tf.Tensor, role: RoleId): tf.Tensor2D => tf.matMul(rows, weights[role]);
  return {
    inputs: values,
    variables: Object.fromEntries(
      Object.entries(method.variables ?? {}).map(([name, value]) => [name, tf.variable(tf.scalar(value))]),
    ),
    generate: (latents, role = 'generator') => {
      const logits = through(latents, role);
      return { samples: tf.sigmoid(logits), logits };
    },
    encode: (samples, role = 'encoder') => through(samples, role),
    encodeDistribution: (samples, role = 'encoder') => ({
      mean: through(samples, role),
      logVariance: tf.neg(through(samples, role)),
    }),
    autoencode: (samples, role = 'discriminator') => {
      const code = through(samples, role);
      return {
        samples,
        reconstruction: tf.add(code, samples === values.real ? sure.real : sure.fake),
        code,
      };
    },
    discriminate: (input: tf.Tensor | SamplesWithLatents, role = 'discriminator') => {
      const samples = 'samples' in input ? input.samples : input;
      const { packing = 1 } = method.roles.find(({ id }) => id === role)!;
      const rows = tf.mean<tf.Tensor2D>(
        tf.reshape('samples' in input ? tf.add(samples, input.latents) : samples, [-1, packing, 2]),
        1,
      );
      const features = through(rows, role);
      const added = samples === values.real ? sure.real : sure.fake;
      return { logits: tf.add(tf.sum(features, 1, true), added), features, codes: features };
    },
    isDue: () => true,
    weights: (role) => [sure.weights[role]],
    withWeights: (role, [given], compute) => {
      const own = weights[role];
      weights[role] = given as tf.Tensor2D;
      try {
        return compute();
      } finally {
        weights[role] = own;
      }
    },
  };
}

function draw(input: PhaseInput): tf.Tensor {
  if (input.kind === 'schedule') return tf.scalar(input.value(0.5));
  const random = RandomStream.fromSeed(1).derive(input.name);
  if (input.kind === 'uniform') return tf.tensor2d(random.uniform(batchSize), [batchSize, 1]);
  const numbers = batchSize * 2;
  if (input.kind === 'normal') return tf.tensor2d(random.normal(numbers), [...shape]);
  return tf.tensor2d(random.uniform(numbers, { low: -1, high: 1 }), [...shape]);
}

function expectFinite(tensor: tf.Tensor | null, what: string): void {
  expect([...(tensor?.dataSync() ?? [])], what).toSatisfy((all: number[]) => all.every(Number.isFinite));
}

describe.each(cases)('%s', (_, method) => {
  it.each([
    [80, 80],
    [80, -80],
    [-80, 80],
    [-80, -80],
  ])('has finite losses and gradients at logits of %d for real and %d for other samples', (real, fake) => {
    tf.tidy(() => {
      const weights = Object.fromEntries(
        method.roles.map(({ id }) => [
          id,
          tf.variable(tf.tensor2d(RandomStream.fromSeed(2).derive(id).normal(4), [2, 2])),
        ]),
      );
      for (const phase of method.phases) {
        const trained = phase.updates.map((role) => weights[role]);
        const context = contextOf(method, phase.inputs, { weights, real, fake });
        const seen: Record<string, tf.Tensor> = {};
        const { value, grads } = tf.variableGrads(() => {
          const { total, terms } = phase.loss(context);
          for (const [name, term] of Object.entries(terms)) seen[name] = tf.keep(tf.clone(term));
          return total;
        }, trained);
        expectFinite(value, `loss of ${phase.name}`);
        for (const [name, term] of Object.entries(seen)) expectFinite(term, `${name} of ${phase.name}`);
        for (const [i, role] of phase.updates.entries()) {
          // TensorFlow.js gives null for a weight that the loss does not depend on.
          expectFinite(grads[trained[i].name], `gradient of ${role} in ${phase.name}`);
        }
        tf.dispose([seen, Object.values(context.variables)]);
      }
      tf.dispose(weights);
    });
  });
});
