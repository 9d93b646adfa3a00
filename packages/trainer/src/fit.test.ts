import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import type { Architecture, Phase, SampleBatch } from '@dist-gan/core';
import {
  countingDataset,
  linearArchitecture,
  meanMetric,
  methodOf,
  regressionPhase,
  sgd,
  tinyDistGan,
} from '../test/tiny.js';
import type { EvaluationEvent, StartEvent, StepEvent } from './callbacks.js';
import type { FitOptions } from './fit-options.js';
import { sampleGenerator } from './evaluation/sample-generator.js';
import { fit } from './fit.js';

const options: FitOptions = {
  method: tinyDistGan(),
  architecture: linearArchitecture(),
  dataset: countingDataset({ dimension: 2 }),
  latents: { dimension: 2, distribution: 'uniform' },
  batchSize: 4,
  steps: 6,
  seed: 1,
  executor: 'eager',
};

/** Runs to the end, frees everything, and gives what the run told. */
async function record(changes: Partial<FitOptions> = {}) {
  const [steps, evaluations]: [StepEvent[], EvaluationEvent[]] = [[], []];
  const result = await fit({
    ...options,
    ...changes,
    callbacks: {
      ...changes.callbacks,
      onStep: async (event) => {
        steps.push(event);
        await changes.callbacks?.onStep?.(event);
      },
      onEvaluation: async (event) => {
        evaluations.push(event);
        await changes.callbacks?.onEvaluation?.(event);
      },
    },
  });
  await result.dispose();
  return { steps, evaluations, result, losses: steps.map(({ losses }) => losses) };
}

const evaluation = { every: 4, samples: 7, metrics: () => [meanMetric()] };

describe('fit', () => {
  it('tells every step: losses and terms of each phase, learning rates, seconds', async () => {
    const starts: StartEvent[] = [];
    const { steps, result } = await record({ callbacks: { onStart: (event) => void starts.push(event) } });
    expect(starts).toEqual([
      {
        executor: 'eager',
        steps: 6,
        step: 0,
        parameters: { generator: 4, encoder: 4, discriminator: 6 },
        seconds: expect.any(Number) as number,
      },
    ]);
    expect(steps.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(Object.keys(steps[0].losses).sort()).toEqual([
      'discriminator/adversarial',
      'discriminator/penalty',
      'discriminator/total',
      'generator/total',
      'reconstruction/squares',
      'reconstruction/total',
    ]);
    // Four optimiser calls a step, halved after every five: the second step's begin with call 4.
    expect(steps[0].learningRates).toEqual({ reconstruction: 0.01, discriminator: 0.01, generator: 0.01 });
    expect(steps[1].learningRates).toEqual({ reconstruction: 0.01, discriminator: 0.005, generator: 0.01 });
    expect(steps.every(({ seconds }, i) => seconds >= (steps[i - 1]?.seconds ?? 0))).toBe(true);
    expect(result).toMatchObject({ step: 6, outcome: 'completed', executor: 'eager', results: [] });
    expect(result.stepsPerSecond).toBeGreaterThanOrEqual(6 / result.seconds);
  });

  it('evaluates samples that its generator makes again, saved or not', async () => {
    let again: SampleBatch | undefined;
    const { latents, batchSize, seed } = options;
    const { evaluations } = await record({
      steps: 4,
      evaluation,
      callbacks: {
        async onEvaluation({ generator }) {
          again = await sampleGenerator(generator, { latents, batchSize, seed, count: 7 });
        },
      },
    });
    expect(again).toEqual(evaluations[0].samples);
  });

  it('gives the same numbers for the same seed, others for another', async () => {
    const [first, again, other] = [await record(), await record(), await record({ seed: 2 })];
    expect(again.losses).toEqual(first.losses);
    expect(other.losses).not.toEqual(first.losses);
  });

  it('lets two runs go on at once', async () => {
    const alone = await record();
    const [first, second] = await Promise.all([record(), record({ seed: 2 })]);
    expect(first.losses).toEqual(alone.losses);
    expect(second.losses).not.toEqual(alone.losses);
  });

  it('learns: a linear generator finds the best weight', async () => {
    // One latent of N(0, 1) and no bias: the best weight for x = w z is cov(z, x) / E z^2 = 0, with loss E x^2.
    const { steps } = await record({
      method: methodOf([regressionPhase({ optimizer: sgd(0.05) })]),
      dataset: countingDataset({ size: 1000 }),
      latents: { dimension: 1, distribution: 'normal' },
      batchSize: 500,
      steps: 100,
    });
    // E x^2 of x = i / 1000 is close to 1/3; a batch of 500 of 1000 has a standard error of 0.0094.
    expect(Math.abs(steps.at(-1)!.losses['generator/total'] - 1 / 3)).toBeLessThan(0.05);
    expect(steps[0].losses['generator/total']).toBeGreaterThan(0.5);
  });

  describe('evaluation', () => {
    it('comes every n steps and at the end, from the same latents', async () => {
      const frozen = methodOf([regressionPhase({ optimizer: sgd(0) })]);
      const { evaluations, result } = await record({ method: frozen, evaluation });
      expect(evaluations.map(({ step }) => step)).toEqual([4, 6]);
      expect(evaluations[1].samples).toEqual(evaluations[0].samples);
      expect(evaluations[0].samples).toMatchObject({ count: 7, sampleShape: [2] });
      expect(evaluations[0].samples.data).toHaveLength(14);
      const { data } = evaluations[1].samples;
      const mean = data.reduce((sum, value) => sum + value, 0) / 14;
      expect(result.results).toEqual([
        { id: 'mean', value: mean, protocol: {}, samples: { generated: 14 }, warnings: [] },
      ]);
    });

    it('waits for metrics that extract features', async () => {
      const metrics = () => {
        const metric = meanMetric();
        const later = () => new Promise((resolve) => setTimeout(resolve, 1));
        return [
          {
            id: 'slow-mean',
            protocol: {},
            update: async (samples: SampleBatch) => {
              await later();
              await metric.update(samples);
            },
            results: async () => {
              await later();
              return metric.results();
            },
          },
          meanMetric(),
        ];
      };
      const { result } = await record({ evaluation: { ...evaluation, metrics } });
      expect(result.results).toHaveLength(2);
      expect(result.results[0]).toEqual(result.results[1]);
    });

    it('comes once where the end is an n-th step', async () => {
      const { evaluations } = await record({ evaluation: { ...evaluation, every: 3 } });
      expect(evaluations.map(({ step }) => step)).toEqual([3, 6]);
    });

    it('does not change the training', async () => {
      const architecture = linearArchitecture({ batchNorm: true });
      const watched = await record({ architecture, evaluation: { ...evaluation, every: 1 } });
      expect(watched.losses).toEqual((await record({ architecture })).losses);
    });
  });

  describe('the result', () => {
    it('generates from given latents, in order', async () => {
      const result = await fit({ ...options, method: methodOf([regressionPhase()]) });
      const w = Array.from(await result.networks.generator.getWeights()[0].data());
      const latents = Float32Array.from({ length: 22 }, (_, i) => Math.sin(i));
      const { data, count } = await result.generate(latents);
      expect(count).toBe(11);
      for (let i = 0; i < 11; i++) {
        for (let k = 0; k < 2; k++) {
          const wanted = latents[2 * i] * w[k] + latents[2 * i + 1] * w[2 + k];
          expect(Math.abs(data[2 * i + k] - wanted)).toBeLessThan(1e-6);
        }
      }
      await result.dispose();
    });

    it('comes with reconstructions in every evaluation, where there is an encoder', async () => {
      const samples = Float32Array.from({ length: 22 }, (_, i) => Math.cos(i));
      let reconstructed = new Float32Array(0);
      const result = await fit({
        ...options,
        evaluation,
        callbacks: {
          async onEvaluation({ reconstruct }) {
            reconstructed = (await reconstruct!(samples)).data as typeof reconstructed;
          },
        },
      });
      const weights = (role: string) => Array.from(result.networks[role].getWeights()[0].dataSync());
      const [v, w] = [weights('encoder'), weights('generator')];
      for (let i = 0; i < 11; i++) {
        const [x, y] = samples.subarray(2 * i);
        const [a, b] = [x * v[0] + y * v[2], x * v[1] + y * v[3]];
        expect(Math.abs(reconstructed[2 * i] - (a * w[0] + b * w[2]))).toBeLessThan(1e-5);
        expect(Math.abs(reconstructed[2 * i + 1] - (a * w[1] + b * w[3]))).toBeLessThan(1e-5);
      }
      await result.dispose();
      const without = await record({ method: methodOf([regressionPhase()]), evaluation });
      expect(without.evaluations[0].reconstruct).toBeUndefined();
    });

    it('generates as many as asked for, others each time', async () => {
      const result = await fit(options);
      const [first, second] = [await result.generate(5), await result.generate(5)];
      expect(first.data).toHaveLength(10);
      expect(second.data).not.toEqual(first.data);
      await expect(result.generate(new Float32Array(3))).rejects.toThrow(
        'generate: latents must be whole rows of 2 numbers, got 3 numbers',
      );
      for (const count of [0, -1, 1.5]) {
        await expect(result.generate(count)).rejects.toThrow(
          `generate: the number of samples must be a whole number of at least 1, got ${count}`,
        );
      }
      await result.dispose();
    });

    it('uses the statistics of the batch where there is batch norm, and keeps the moving averages', async () => {
      const architecture = linearArchitecture({ batchNorm: true });
      const result = await fit({ ...options, architecture });
      const averages = () =>
        result.networks.generator.nonTrainableWeights.map((weight) => Array.from(weight.read().dataSync()));
      const before = averages();
      const { data } = await result.generate(4); // one batch: mean beta = 0 up to what training made of it
      expect(averages()).toEqual(before);
      const [gamma, beta] = result.networks.generator
        .getWeights(true)
        .slice(1)
        .map((weight) => Array.from(weight.dataSync()));
      for (const k of [0, 1]) {
        const column = [0, 1, 2, 3].map((i) => data[2 * i + k]);
        const mean = column.reduce((sum, value) => sum + value, 0) / 4;
        const deviation = Math.sqrt(column.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 4);
        expect(Math.abs(mean - beta[k])).toBeLessThan(1e-5);
        expect(Math.abs(deviation - Math.abs(gamma[k]))).toBeLessThan(0.02); // batch norm's epsilon of 0.001
      }
      await result.dispose();
    });

    it('can be disposed twice, and then not used', async () => {
      const result = await fit({ ...options, steps: 1 });
      await result.dispose();
      await result.dispose();
      await expect(result.generate(1)).rejects.toMatchObject({ code: 'OBJECT_DISPOSED' });
    });
  });

  describe('abort', () => {
    it('ends after the step at hand, with an evaluation', async () => {
      const controller = new AbortController();
      const { steps, evaluations, result } = await record({
        evaluation,
        signal: controller.signal,
        callbacks: { onStep: ({ step }) => void (step === 3 && controller.abort()) },
      });
      expect(steps).toHaveLength(3);
      expect(evaluations.map(({ step }) => step)).toEqual([3]);
      expect(result).toMatchObject({ step: 3, outcome: 'aborted' });
      expect(result.results).toHaveLength(1);
    });

    it('hears a signal that a timer gives', async () => {
      const controller = new AbortController();
      const timer = setTimeout(() => controller.abort(), 60);
      const { result } = await record({ steps: 1e6, signal: controller.signal });
      clearTimeout(timer);
      expect(result.outcome).toBe('aborted');
    });

    it('before the first step: nothing is trained', async () => {
      const { result } = await record({ signal: AbortSignal.abort(), evaluation });
      expect(result).toMatchObject({ step: 0, outcome: 'aborted', stepsPerSecond: 0 });
      expect(result.results).toHaveLength(1);
    });
  });

  describe('what is not finite ends the run', () => {
    it('a term, with its phase, name and step', async () => {
      // exp(1000 * w z) overflows as soon as the schedule lets it.
      const phase = regressionPhase({
        inputs: [
          { name: 'latents', kind: 'latents', draw: 'repeat' },
          { name: 'factor', kind: 'schedule', value: (progress) => (progress < 0.5 ? 0 : 1e30) },
        ],
        loss(context) {
          const { latents, factor } = context.inputs;
          const { samples } = context.generate(latents as tf.Tensor2D);
          const growth: tf.Scalar = tf.mean(tf.square(tf.mul(samples, factor)));
          return { total: tf.mean<tf.Scalar>(tf.square(samples)), terms: { growth } };
        },
      });
      await expect(record({ method: methodOf([phase]) })).rejects.toMatchObject({
        code: 'VALUE_NON_FINITE',
        quantity: 'generator/growth',
        step: 4,
        message:
          'fit: growth of the phase generator is Infinity at step 4; lower the learning rate or the weight of the term that grows',
      });
    });

    it('a weight, at the evaluation', async () => {
      const phase: Partial<Phase> = {
        after: (context) =>
          context.weights('generator').forEach((weight) => weight.assign(tf.fill(weight.shape, Infinity))),
      };
      await expect(record({ method: methodOf([regressionPhase(phase)]), steps: 1 })).rejects.toMatchObject({
        code: 'VALUE_NON_FINITE',
        quantity: 'weights/generator/0',
        step: 1,
      });
    });
  });

  it('frees everything when a callback throws', async () => {
    const broken = record({
      callbacks: {
        onStep: () => {
          throw new Error('the disk is full');
        },
      },
    });
    await expect(broken).rejects.toThrow('the disk is full');
  });

  it.each([
    { what: 'one phase with batch norm', steps: 1000, method: methodOf([regressionPhase()]) },
    { what: 'three phases with a gradient penalty', steps: 50, method: tinyDistGan() },
  ])('keeps no tensor over $steps steps: $what', async ({ method, steps }) => {
    const counts: number[] = [];
    const { result } = await record({
      method,
      architecture: linearArchitecture({ batchNorm: true }),
      steps,
      evaluation: { ...evaluation, every: 10 },
      callbacks: { onStep: () => void counts.push(tf.memory().numTensors) },
    });
    expect(result.step).toBe(steps);
    expect(new Set(counts).size).toBe(1);
  });

  describe('options', () => {
    const wrong: [string, Record<string, unknown>, string][] = [
      ['an unknown key', { bachSize: 4 }, 'fit.bachSize is not an option; did you mean batchSize?'],
      ['a negative batch', { batchSize: -4 }, 'fit.batchSize: must be 1 or more (got -4)'],
      [
        'a batch that cannot be judged in groups of 3',
        {
          method: {
            ...tinyDistGan(),
            roles: tinyDistGan().roles.map((role) =>
              role.kind === 'discriminator' ? { ...role, packing: 3 } : role,
            ),
          },
        },
        'fit.batchSize: must be a multiple of 3, as the discriminator of tiny judges so many samples together (got 4)',
      ],
      ['no steps', { steps: 0 }, 'fit.steps: must be 1 or more (got 0)'],
      ['half a step', { steps: 1.5 }, 'fit.steps: must be a whole number (got 1.5)'],
      ['a negative seed', { seed: -1 }, 'fit.seed: must be 0 or more (got -1)'],
      ['no seed', { seed: undefined }, 'fit.seed'],
      [
        'a maker instead of its value',
        { method: tinyDistGan },
        'fit.method: must be a method, as distGan() returns',
      ],
      [
        'an unknown distribution',
        { latents: { dimension: 2, distribution: 'gaussian' } },
        'fit.latents.distribution: must be uniform or normal (got "gaussian")',
      ],
      [
        'an unknown key below',
        { evaluation: { ...evaluation, evry: 3 } },
        'fit.evaluation.evry is not an option; did you mean every?',
      ],
      ['an unknown executor', { executor: 'lazy' }, 'fit.executor: must be eager or compiled (got "lazy")'],
      [
        'a callback that is none',
        { callbacks: { onStep: 3 } },
        'fit.callbacks.onStep: must be a function (got 3)',
      ],
      [
        'a phase that updates an unknown role',
        { method: methodOf([regressionPhase({ updates: ['critic'] })]) },
        'fit.method.phases.generator.updates: no such role; the method has generator (got "critic")',
      ],
      [
        'a method without a generator',
        { method: methodOf([regressionPhase()], { roles: [{ id: 'encoder', kind: 'encoder' }] }) },
        'fit.method.roles: a method must have a role of kind generator',
      ],
      [
        'two phases of one name',
        { method: methodOf([regressionPhase(), regressionPhase()]) },
        'fit.method.phases: two phases have this name; rename one (got "generator")',
      ],
      [
        'two roles of one name',
        {
          method: methodOf([regressionPhase()], {
            roles: [
              { id: 'generator', kind: 'generator' },
              { id: 'generator', kind: 'generator' },
            ],
          }),
        },
        'fit.method.roles: two roles have this name; rename one (got "generator")',
      ],
      [
        'an optimiser that there is not',
        { method: methodOf([regressionPhase({ optimizer: { ...sgd(0.1), id: 'lion' as never } })]) },
        'fit.method.phases.generator.optimizer: no such optimiser; there are adam, rmsprop, sgd (got "lion")',
      ],
      ...[0, -2, 1.5, NaN].map((interval): (typeof wrong)[number] => [
        `what is due every ${interval} steps`,
        { method: methodOf([regressionPhase({ intervals: [interval] })]) },
        'fit.method.phases.generator.intervals: must be whole numbers of at least 1',
      ]),
      ...[-1, 2.5, NaN].map((step): (typeof wrong)[number] => [
        `a state of ${step} steps`,
        { resume: { step, seconds: 0, tensors: new Map(), history: { evaluations: [], interventions: [] } } },
        'fit.resume: the steps of a state must be a whole number of at least 0',
      ]),
      [
        'a state without a history',
        { resume: { step: 1, seconds: 0, tensors: new Map() } },
        'fit.resume: must be a state, as the events of a run give one',
      ],
      [
        'an architecture without a network of that kind',
        { architecture: { ...linearArchitecture(), kinds: ['generator'] } },
        'the method tiny needs a network of kind encoder for its role encoder, and linear builds generator',
      ],
    ];

    it.each(wrong)('refuses %s', async (_, changes, message) => {
      const attempt = fit({ ...options, ...changes });
      await expect(attempt).rejects.toMatchObject({ code: 'OPTION_INVALID' });
      await expect(attempt).rejects.toThrow(message);
    });

    it('refuses networks of another shape than the data set and the latents have', async () => {
      const linear = linearArchitecture();
      const architecture: Architecture = {
        ...linear,
        build: (kind, shape, random) =>
          linear.build(kind, { ...shape, sampleShape: [kind === 'generator' ? 3 : 2] }, random),
      };
      await expect(fit({ ...options, architecture })).rejects.toThrow(
        'linear: the output of the network for the role generator must be [batch, 2] for a generator, got [batch, 3]',
      );
    });
  });
});
