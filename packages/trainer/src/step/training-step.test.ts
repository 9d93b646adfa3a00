import * as tf from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, it } from 'vitest';
import { RandomStream, type Method, type PhaseContext } from '@dist-gan/core';
import { countingDataset, linearArchitecture, methodOf, regressionPhase, sgd } from '../../test/tiny.js';
import { createEagerExecutor, type Feeds } from '../executor/index.js';
import { inputLayout } from '../inputs/input-layout.js';
import { stepInputs, type StepInputs } from '../inputs/step-inputs.js';
import { buildNetworks, disposeNetworks } from '../networks/build-networks.js';
import { createTrainingState, type TrainingState } from './training-state.js';
import { createTrainingStep, type TrainingStepOptions } from './training-step.js';

const batchSize = 4;
const latents = { dimension: 1, distribution: 'uniform' } as const;
const dataset = countingDataset();
const allRoles = (['generator', 'encoder', 'discriminator'] as const).map((kind) => ({ id: kind, kind }));

let cleanUp: (() => void)[] = [];
afterEach(() => {
  for (const dispose of cleanUp) dispose();
  cleanUp = [];
});

function prepare(method: Method, options: TrainingStepOptions = {}) {
  const random = RandomStream.fromSeed(5);
  const shape = { sampleShape: dataset.sampleShape, latentDimension: 1 };
  const networks = buildNetworks(method, linearArchitecture(), shape, random.derive('weights'));
  const state = createTrainingState(method, networks);
  cleanUp.push(() => {
    state.dispose();
    disposeNetworks(networks);
  });
  const layout = inputLayout(method, { batchSize, ...shape });
  const inputsAt = stepInputs({ method, dataset, latents, batchSize, steps: 100, random, layout });
  const step = createTrainingStep(method, state, layout, options);
  const shapes = layout.shapes;
  const executor = createEagerExecutor({ steps: [step], shapes, batchSize });
  return { state, inputsAt, executor, run: async (feeds: Feeds) => (await executor.run(feeds)).losses };
}

const values = (state: TrainingState) =>
  Object.fromEntries(
    Object.entries(state.named()).map(([name, variable]) => [name, Array.from(variable.dataSync())]),
  );

const changed = (before: Record<string, number[]>, after: Record<string, number[]>) =>
  Object.keys(after).filter((name) => String(before[name]) !== String(after[name]));

/** Loss and gradient of mean((w z - x)^2) in float64, for the draws of one repeat. */
function squares(w: number, feeds: StepInputs['feeds'], repeat: number) {
  const row = (values: Float32Array) => values.subarray(repeat * batchSize, (repeat + 1) * batchSize);
  const [z, x] = [row(feeds.latents), row(feeds.real)];
  const errors = Array.from(z, (latent, i) => w * latent - x[i]);
  return {
    loss: errors.reduce((sum, error) => sum + error ** 2, 0) / batchSize,
    gradient: errors.reduce((sum, error, i) => sum + 2 * error * z[i], 0) / batchSize,
  };
}

describe('createTrainingStep', () => {
  it('trains one weight as float64 does by hand: two repeats of Adam a step', async () => {
    const [learningRate, beta1, beta2] = [0.05, 0.8, 0.999];
    const phase = regressionPhase({ repeats: 2, optimizer: { id: 'adam', learningRate, beta1, beta2 } });
    const { state, inputsAt, run } = prepare(methodOf([phase]));
    let [w] = values(state)['weights/generator/0'];
    let [m, v, t, loss] = [0, 0, 0, NaN];
    for (let step = 0; step < 20; step++) {
      const { feeds } = await inputsAt(step);
      const losses = await run(feeds);
      for (const repeat of [0, 1]) {
        const { gradient, ...rest } = squares(w, feeds, repeat);
        loss = rest.loss;
        t++;
        m = beta1 * m + (1 - beta1) * gradient;
        v = beta2 * v + (1 - beta2) * gradient ** 2;
        w -= (learningRate * Math.sqrt(1 - beta2 ** t) * m) / (1 - beta1 ** t) / (Math.sqrt(v) + 1e-8);
      }
      expect(Object.keys(losses).sort()).toEqual(['generator/squares', 'generator/total']);
      expect(Math.abs(losses['generator/total'] - loss)).toBeLessThan(1e-5);
      expect(losses['generator/squares']).toBe(losses['generator/total']);
      expect(Math.abs(values(state)['weights/generator/0'][0] - w)).toBeLessThan(1e-5);
    }
  });

  it('limits the norm of all gradients of a phase together, and measures it before', async () => {
    // The gradients of mean(w z) + mean(v x): the means themselves, in float64.
    const phase = regressionPhase({
      updates: ['generator', 'encoder'],
      optimizer: { id: 'sgd', learningRate: 1, gradientNormLimit: 0.5 },
      loss: (context) => {
        const { latents, real } = context.inputs;
        const sums = [context.generate(latents as tf.Tensor2D).samples, context.encode(real)];
        return { total: tf.addN(sums.map((sum) => tf.mean<tf.Scalar>(sum))), terms: {} };
      },
    });
    const { state, inputsAt, executor } = prepare(methodOf([phase], { roles: allRoles }), {
      gradientNorms: true,
    });
    let limited = 0;
    for (let step = 0; step < 10; step++) {
      const before = values(state);
      const { feeds } = await inputsAt(step);
      const mean = (feed: string) => feeds[feed].reduce((sum, value) => sum + value, 0) / batchSize;
      const gradients = [mean('latents'), mean('real')];
      const norm = Math.hypot(...gradients);
      const { gradientNorms } = await executor.run(feeds);
      expect(gradientNorms.generator).toBeCloseTo(norm, 5);
      if (norm > 0.5) limited++;
      ['generator', 'encoder'].forEach((role, i) => {
        const moved = before[`weights/${role}/0`][0] - values(state)[`weights/${role}/0`][0];
        expect(moved).toBeCloseTo(gradients[i] * Math.min(1, 0.5 / norm), 5);
      });
    }
    expect(limited).toBeGreaterThan(0);
    expect(limited).toBeLessThan(10);
  });

  const encoderPhase = regressionPhase({
    name: 'encoder',
    updates: ['encoder'],
    loss: (context) => ({ total: tf.mean<tf.Scalar>(context.encode(context.inputs.real)), terms: {} }),
  });

  it('changes exactly the networks that a phase lists, and its own slots', async () => {
    const adam = { id: 'adam', learningRate: 0.1, beta1: 0.5, beta2: 0.9 } as const;
    const loss = (context: PhaseContext) => {
      const reconstructed = context.generate(context.encode(context.inputs.real)).samples;
      const { logits, features } = context.discriminate(reconstructed);
      return { total: tf.add<tf.Scalar>(tf.mean(logits), tf.mean(features)), terms: {} };
    };
    for (const updates of [['encoder'], ['generator', 'discriminator']]) {
      const method = methodOf([regressionPhase({ name: 'only', updates, optimizer: adam, loss })], {
        roles: allRoles,
      });
      const { state, inputsAt, run } = prepare(method);
      const before = values(state);
      await run((await inputsAt(0)).feeds);
      const weights = updates.flatMap((role) =>
        role === 'discriminator' ? [`${role}/0`, `${role}/1`] : [`${role}/0`],
      );
      expect(changed(before, values(state)).sort()).toEqual(
        weights
          .flatMap((weight) => [
            `weights/${weight}`,
            `slots/only/${weight}/firstMoment`,
            `slots/only/${weight}/secondMoment`,
          ])
          .sort(),
      );
    }
  });

  it('gives phases that update the same network slots of their own', () => {
    const adam = { id: 'adam', learningRate: 0.1, beta1: 0.5, beta2: 0.9 } as const;
    const phases = ['first', 'second'].map((name) => regressionPhase({ name, optimizer: adam }));
    expect(Object.keys(prepare(methodOf(phases)).state.named()).sort()).toEqual([
      'slots/first/generator/0/firstMoment',
      'slots/first/generator/0/secondMoment',
      'slots/second/generator/0/firstMoment',
      'slots/second/generator/0/secondMoment',
      'weights/generator/0',
    ]);
  });

  it('leaves a weight alone that the loss does not depend on', async () => {
    const phase = regressionPhase({
      updates: ['discriminator'],
      optimizer: { id: 'rmsprop', learningRate: 0.1 },
      loss: (context) => ({
        total: tf.mean<tf.Scalar>(context.discriminate(context.inputs.real).logits),
        terms: {},
      }),
    });
    const { state, inputsAt, run } = prepare(methodOf([phase], { roles: allRoles }));
    const before = values(state);
    await run((await inputsAt(0)).feeds);
    expect(changed(before, values(state)).sort()).toEqual([
      'slots/generator/discriminator/0/meanSquare',
      'weights/discriminator/0',
    ]);
  });

  it('runs phases in order: a later one sees what an earlier one changed', async () => {
    const first = regressionPhase({ name: 'first', optimizer: sgd(0.1) });
    const second = regressionPhase({ name: 'second', optimizer: sgd(0) });
    const { state, inputsAt, run } = prepare(methodOf([first, second]));
    const [w] = values(state)['weights/generator/0'];
    const { feeds } = await inputsAt(0);
    const losses = await run(feeds);
    const moved = w - 0.1 * squares(w, feeds, 0).gradient;
    expect(Math.abs(losses['second/total'] - squares(moved, feeds, 1).loss)).toBeLessThan(1e-6);
    expect(Math.abs(squares(w, feeds, 1).loss - squares(moved, feeds, 1).loss)).toBeGreaterThan(1e-3);
  });

  it('lets a phase clip weights and keep variables after its update', async () => {
    const phase = regressionPhase({
      repeats: 3,
      loss: (context) => ({
        total: tf.mean<tf.Scalar>(context.generate(context.inputs.latents as tf.Tensor2D).samples),
        terms: { calls: context.variables.calls as tf.Scalar },
      }),
      after(context) {
        const { calls } = context.variables;
        calls.assign(tf.add(calls, 1));
        for (const weight of context.weights('generator')) weight.assign(tf.clipByValue(weight, -0.01, 0.01));
      },
    });
    const { state, inputsAt, run } = prepare(methodOf([phase], { variables: { calls: 10 } }));
    const losses = await run((await inputsAt(0)).feeds);
    expect(losses['generator/calls']).toBe(12); // as the last repeat saw it
    expect(values(state)['variables/calls']).toEqual([13]);
    expect(Math.abs(values(state)['weights/generator/0'][0])).toBeLessThanOrEqual(Math.fround(0.01));
  });

  it('names the role that a loss asks for and the method has not', async () => {
    const { inputsAt, run } = prepare(methodOf([encoderPhase], { roles: allRoles.slice(0, 2) }));
    await expect(inputsAt(0).then(({ feeds }) => run(feeds))).resolves.toBeDefined();
    const wrong = regressionPhase({
      loss: (context) => ({
        total: tf.mean<tf.Scalar>(
          context.generate(context.inputs.latents as tf.Tensor2D, 'generater').samples,
        ),
        terms: {},
      }),
    });
    const broken = prepare(methodOf([wrong]));
    await expect(broken.inputsAt(0).then(({ feeds }) => broken.run(feeds))).rejects.toThrow(
      'unknown role "generater"; did you mean generator?',
    );
  });

  it.each(['total', 'perSample'])('refuses a loss that is not a scalar: %s', async (name) => {
    // Operations that save nothing for their gradient: TensorFlow.js never frees what an interrupted tape has saved.
    const phase = regressionPhase({
      loss: (context) => {
        const latents = context.inputs.latents as tf.Scalar;
        const total = name === 'total' ? latents : tf.scalar(0);
        return { total, terms: { perSample: tf.neg(latents) } };
      },
    });
    const { inputsAt, run } = prepare(methodOf([phase]));
    await expect(inputsAt(0).then(({ feeds }) => run(feeds))).rejects.toThrow(
      `phase generator: ${name} must be a scalar, got a tensor of shape [4, 1]`,
    );
  });
});
