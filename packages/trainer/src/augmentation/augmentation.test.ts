import { cifarDcgan, mlp } from '@dist-gan/architectures';
import { inspectTensorFlow, type TargetName } from '@dist-gan/compiler';
import type { Augmentation, Dataset, PhaseContext } from '@dist-gan/core';
import { installSecondOrderGradients } from '@dist-gan/gradients';
import { diffAugment, horizontalFlip } from '@dist-gan/augmentations';
import { ebgan, gan2 } from '@dist-gan/methods';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { succeeds } from '../../../../tooling/test/succeeds.js';
import { countingDataset, linearArchitecture, methodOf, regressionPhase, sgd } from '../../test/tiny.js';
import { fit } from '../fit.js';
import { AdaptiveProbability } from './adaptive-probability.js';

installSecondOrderGradients();

/** Adds a number of its own to every sample. */
const shift = (changes: Augmentation['changes']): Augmentation => ({
  id: 'shift',
  title: 'Shift',
  source: { title: 'Made for tests', year: 2026 },
  options: {},
  changes,
  numbersPerSample: 1,
  apply: (samples, numbers) => tf.add(samples, numbers),
});

const mean = (x: tf.Tensor) => tf.mean<tf.Scalar>(x);

/** The losses of two steps in which nothing is learnt. */
async function losses(
  augmentations: readonly Augmentation[],
  names: readonly string[],
  loss: (context: PhaseContext) => Record<string, tf.Scalar>,
  seed = 1,
): Promise<Record<string, number>[]> {
  const phase = (name: string) =>
    regressionPhase({
      name,
      optimizer: sgd(0),
      inputs: [
        { name: 'shared', kind: 'real', draw: 'step' },
        { name: 'own', kind: 'real', draw: 'repeat' },
        { name: 'latents', kind: 'latents', draw: 'step' },
      ],
      loss: (context) => ({
        total: mean(context.generate(context.inputs.latents as tf.Tensor2D).samples),
        terms: loss(context),
      }),
    });
  const seen: Record<string, number>[] = [];
  const result = await fit({
    method: methodOf(names.map(phase), {
      roles: (['generator', 'discriminator'] as const).map((kind) => ({ id: kind, kind })),
    }),
    architecture: linearArchitecture(),
    dataset: { ...countingDataset(), batch: (indices) => new Float32Array(indices.length) },
    augmentations,
    latents: { dimension: 1, distribution: 'uniform' },
    batchSize: 4,
    steps: 2,
    seed,
    executor: 'eager',
    callbacks: { onStep: (event) => void seen.push(event.losses) },
  });
  await result.dispose();
  return seen;
}

describe('an augmentation of real samples', () => {
  const terms = ({ inputs }: PhaseContext) => ({ shared: mean(inputs.shared), own: mean(inputs.own) });

  it('changes a shared draw once for all phases, and every other draw by numbers of its own', async () => {
    const [first, second] = await losses([shift('real')], ['one', 'two'], terms);
    expect(first['one/shared']).toBe(first['two/shared']);
    const numbers = [first['one/shared'], first['one/own'], first['two/own'], second['one/shared']];
    expect(new Set(numbers).size).toBe(4);
    // The samples are zeros: what is seen is the mean of four numbers of U[0, 1).
    for (const number of numbers) expect(number > 0 && number < 1).toBe(true);
  });

  it('adds up with others, each by numbers of its own', async () => {
    const [one] = await losses([shift('real')], ['one'], terms);
    const [two] = await losses([shift('real'), shift('real')], ['one'], terms);
    expect(two['one/shared']).not.toBeCloseTo(2 * one['one/shared'], 6);
    const [squares] = await losses(
      [shift('real'), { ...shift('real'), apply: (samples) => tf.square(samples) }],
      ['one'],
      ({ inputs }) => ({ shared: mean(inputs.shared), roots: mean(tf.sqrt(inputs.shared)) }),
    );
    expect(squares['one/roots']).toBeGreaterThan(squares['one/shared']);
  });

  it('is the same for a seed, and another for another seed', async () => {
    const [one, same, other] = [
      await losses([shift('real')], ['one'], terms),
      await losses([shift('real')], ['one'], terms),
      await losses([shift('real')], ['one'], terms, 2),
    ];
    expect(same).toEqual(one);
    expect(other[0]['one/shared']).not.toBe(one[0]['one/shared']);
  });
});

describe('an augmentation of what the discriminator sees', () => {
  it('is one and the same for all calls in a phase, and another in the next', async () => {
    const terms = (context: PhaseContext) => {
      const { shared, own } = context.inputs; // zeros, both of them
      return {
        real: mean(shared),
        first: mean(context.discriminate(shared).logits),
        second: mean(context.discriminate(own).logits),
      };
    };
    const [step] = await losses([shift('discriminated')], ['one', 'two'], terms);
    expect(step['one/real']).toBe(0);
    expect(step['one/first']).toBe(step['one/second']);
    expect(step['two/first']).toBe(step['two/second']);
    expect(step['two/first']).not.toBe(step['one/first']);
    const [plain] = await losses([], ['one'], terms);
    expect(plain['one/first']).toBe(0);
  });
});

describe('a compiled step with augmentations equals the eager one', () => {
  const size = 8;
  const images: Dataset = {
    ...countingDataset({ size: 30 }),
    sampleShape: [size, size, 3],
    batch: (indices) =>
      Uint8Array.from(
        { length: indices.length * size * size * 3 },
        (_, i) => (37 * i + 101 * Number(indices[Math.floor(i / (size * size * 3))])) % 256,
      ),
  };

  async function train(on: 'eager' | TargetName, augmented = true): Promise<number[]> {
    const seen: number[] = [];
    const result = await fit({
      method: gan2(),
      architecture: cifarDcgan({ width: 1 }),
      dataset: images,
      augmentations: augmented ? [horizontalFlip(), diffAugment()] : [],
      latents: { dimension: 3, distribution: 'uniform' },
      batchSize: 4,
      steps: 2,
      seed: 5,
      ...(on === 'eager' ? { executor: 'eager' } : { compiler: { target: on } }),
      callbacks: { onStep: ({ losses }) => void seen.push(...Object.values(losses)) },
    });
    await result.dispose();
    return seen;
  }

  const targets: TargetName[] = succeeds(inspectTensorFlow) ? ['onnx', 'tensorflow'] : ['onnx'];
  it('in the losses of two steps with a gradient penalty', async () => {
    const eager = await train('eager');
    for (const target of targets) {
      const compiled = await train(target);
      expect(compiled).toHaveLength(eager.length);
      eager.forEach((loss, i) => {
        const difference = Math.abs(compiled[i] - loss);
        expect(difference, `loss ${i} on ${target}`).toBeLessThan(1e-4 * Math.max(Math.abs(loss), 0.1));
      });
    }
    expect(eager).not.toEqual(await train('eager', false));
  });
});

describe('an augmentation that adapts', () => {
  /** Adds the probability to every sample, so that the discriminator's logits show it. */
  const adapting: Augmentation = {
    ...shift('discriminated'),
    id: 'adapting',
    adapts: { target: 0.6, images: 40 },
    apply: (samples, _, __, probability = 1) => tf.add(samples, tf.mul(1e-3, probability)),
  };

  async function probabilities(
    logit: number,
    steps: number,
    executor: 'eager' | 'compiled',
  ): Promise<number[]> {
    const seen: number[] = [];
    const phase = regressionPhase({
      name: 'discriminator',
      updates: ['discriminator'],
      optimizer: sgd(0),
      inputs: [{ name: 'real', kind: 'real', draw: 'repeat' }],
      loss: (context) => ({ total: mean(context.discriminate(context.inputs.real).logits), terms: {} }),
    });
    const result = await fit({
      method: methodOf([phase], {
        roles: (['generator', 'discriminator'] as const).map((kind) => ({ id: kind, kind })),
      }),
      architecture: linearArchitecture(),
      dataset: { ...countingDataset(), batch: (indices) => new Float32Array(indices.length).fill(logit) },
      augmentations: [adapting],
      latents: { dimension: 1, distribution: 'uniform' },
      batchSize: 4,
      steps,
      seed: 1,
      executor,
      callbacks: {
        onStep: ({ losses }) => void seen.push(losses['discriminator/augmentationProbability']),
      },
    });
    await result.dispose();
    return seen;
  }

  it.each(['eager', 'compiled'] as const)(
    '%s: is applied more often by batch / images while the discriminator is too sure of real samples, up to 1',
    async (executor) => {
      const both = [await probabilities(5, 12, executor), await probabilities(-5, 12, executor)];
      // Logits of one sign have a mean sign of 1 or of -1, by the sign of the discriminator's weight.
      const rising = both.find((values) => values[0] > 0)!;
      const staying = both.find((values) => values !== rising)!;
      rising.forEach((value, i) => expect(value).toBeCloseTo(Math.min(1, 0.1 * (i + 1)), 5));
      expect(staying).toEqual(staying.map(() => 0));
    },
  );

  it('sees the real samples of pairs, too', () => {
    tf.tidy(() => {
      const real = tf.tensor2d([[1], [2]]);
      const variable = tf.variable(tf.scalar(0));
      const probability = new AdaptiveProbability(variable, { target: 0.6, images: 40 });
      const context = {
        inputs: { real },
        discriminate: () => ({ logits: tf.tensor2d([[3], [0.1]]), features: real }),
      } as unknown as PhaseContext;
      probability.watch(context).discriminate({ samples: real, latents: tf.tensor2d([[0], [0]]) });
      probability.move(4);
      expect(variable.dataSync()[0]).toBeCloseTo(4 / 40, 6);
      variable.dispose();
    });
  });

  it('is refused where no discriminator gives real samples logits', async () => {
    await expect(
      fit({
        method: ebgan(),
        architecture: mlp({ hiddenUnits: [4] }),
        dataset: countingDataset(),
        augmentations: [adapting],
        latents: { dimension: 1, distribution: 'uniform' },
        batchSize: 4,
        steps: 1,
        seed: 1,
        executor: 'eager',
      }),
    ).rejects.toThrow(
      'one adapts to the logits that a discriminator gives real samples, and ebgan has none that does; take one that does not adapt',
    );
  });

  it('stands alone', async () => {
    await expect(losses([adapting, adapting], ['one'], () => ({}))).rejects.toThrow(
      'adapting and adapting both adapt their probability',
    );
  });
});
