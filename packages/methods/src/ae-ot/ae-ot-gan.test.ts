import { RandomStream, type ComputingStage, type StageContext } from '@dist-gan/core';
import { describeMethod } from '@dist-gan/testing/method';
import { describeRecipe } from '@dist-gan/testing/recipe';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { adversarial } from './adversarial.js';
import { aeOtGan } from './ae-ot-gan.js';

const options = {
  discriminatorLoss: 'hinge',
  adversarialPairs: true,
  contentWeight: 3,
  featureWeight: 0.5,
  learningRate: 1e-3,
  beta1: 0.5,
  beta2: 0.9,
} as const;

describeRecipe('ae-ot-gan', { recipe: aeOtGan({ draws: 20, threshold: 3 }) });
describeMethod('adversarial stage with logarithms, of the transported alone', {
  method: adversarial({ ...options, discriminatorLoss: 'log', adversarialPairs: false }),
});

/** G(z) = 2 z; D(x) = the sum of x; features x^2. */
const context = {
  generate: (latents: tf.Tensor2D) => ({ samples: tf.mul(2, latents) }),
  discriminate: (samples: tf.Tensor) => ({
    logits: tf.sum<tf.Tensor2D>(samples, 1, true),
    features: tf.square(samples) as tf.Tensor2D,
  }),
} as never as Parameters<ReturnType<typeof adversarial>['phases'][0]['loss']>[0];

const rows = {
  real: [[0.5, 0.25]],
  codes: [[0.25, 0.5]],
  transported: [[-0.5, 0.1]],
};

function lossOf(phase: number, changes: Partial<Parameters<typeof adversarial>[0]> = {}): number {
  return tf.tidy(() => {
    const inputs = Object.fromEntries(Object.entries(rows).map(([name, row]) => [name, tf.tensor2d(row)]));
    const { phases } = adversarial({ ...options, ...changes });
    return phases[phase].loss({ ...context, inputs }).total.dataSync()[0];
  });
}

const softplus = (x: number) => Math.log1p(Math.exp(x));

describe('aeOtGan', () => {
  // D(x) = 0.75, D(G(z)) = 1.5, D(G(t)) = -0.8.
  it('has the losses that its docstring writes down', () => {
    const hinges = Math.max(0, 1 - 0.75) + 0.5 * Math.max(0, 1 - 0.8) + 0.5 * (1 + 1.5);
    expect(lossOf(0)).toBeCloseTo(hinges, 5);
    expect(lossOf(0, { discriminatorLoss: 'log' })).toBeCloseTo(
      softplus(-0.75) + 0.5 * softplus(-0.8) + 0.5 * softplus(1.5),
      5,
    );
    // x - G(z) = (0, -0.75); x^2 - G(z)^2 = (0, -0.9375).
    const pairs = (3 * 0.75 ** 2) / 2 + (0.5 * 0.9375 ** 2) / 2;
    expect(lossOf(1)).toBeCloseTo(0.8 - 1.5 + pairs, 5);
    expect(lossOf(1, { adversarialPairs: false })).toBeCloseTo(0.8 + pairs, 5);
    expect(lossOf(1, { discriminatorLoss: 'log' })).toBeCloseTo(softplus(0.8) + softplus(-1.5) + pairs, 5);
  });

  it('leaves with every code the sample that has it', async () => {
    const embed = aeOtGan().stages[2] as ComputingStage;
    const { codes, members } = await embed.compute({
      latentDimension: 1,
      dataSize: 30,
      samples: async (indices) => Float32Array.from(indices, (i) => i % 20),
      apply: async (_, samples) => samples.map((value) => 3 * value),
      random: RandomStream.fromSeed(1),
      report() {},
    } as Partial<StageContext> as StageContext);
    expect(codes.shape).toEqual([20, 1]);
    expect(Array.from(codes.data)).toEqual(Array.from(members.data, (i) => 3 * (i % 20)));
  });

  it('names the sample whose code is no number', async () => {
    const embed = aeOtGan().stages[2] as ComputingStage;
    const broken = embed.compute({
      latentDimension: 1,
      dataSize: 30,
      samples: async (indices) => Float32Array.from(indices),
      apply: async (_, samples) => samples.map((value) => (value === 7 ? NaN : value)),
      random: RandomStream.fromSeed(1),
      report() {},
    } as Partial<StageContext> as StageContext);
    await expect(broken).rejects.toThrow('embed: the code of sample 7 holds NaN');
  });

  it('refuses options out of range', () => {
    expect(() => aeOtGan({ contentWeight: -1 })).toThrow('ae-ot-gan.contentWeight');
    // Adam divides by 1 - beta^t.
    expect(() => aeOtGan({ ganBeta1: 1 })).toThrow('ae-ot-gan.ganBeta1: must be from 0 to below 1');
    expect(() => aeOtGan({ ganBeta2: 1.5 })).toThrow('ae-ot-gan.ganBeta2: must be from 0 to below 1');
    expect(() => aeOtGan({ gansteps: 1 } as never)).toThrow('did you mean ganSteps');
  });
});
