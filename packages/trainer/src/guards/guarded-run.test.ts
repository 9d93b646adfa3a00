/** Runs whose weights are thrown off on purpose, and what guards make of it. */
import * as tf from '@tensorflow/tfjs-core';
import { inspectTensorFlow } from '@dist-gan/compiler';
import { describe, expect, it } from 'vitest';
import type { Method } from '@dist-gan/core';
import {
  countingDataset,
  linearArchitecture,
  meanMetric,
  methodOf,
  regressionPhase,
  sgd,
} from '../../test/tiny.js';
import type { EvaluationEvent, GuardEvent } from '../callbacks.js';
import type { FitOptions } from '../fit-options.js';
import { fit } from '../fit.js';
import type { RunState } from '../step/run-state.js';
import { succeeds } from '../../../../tooling/test/succeeds.js';
import type { Guard } from './guard.js';
import { earlyStop, metricFall, nonFinite, sampleVariance } from './index.js';

const adam = { id: 'adam', learningRate: 0.05, beta1: 0.5, beta2: 0.9 } as const;
const steps = 20;

/** Adam on the squared error; after each of these steps the generator's weight becomes `value`. */
function thrownOff(value: number, ...at: number[]): Method {
  return methodOf([
    regressionPhase({
      optimizer: adam,
      inputs: [
        { name: 'real', kind: 'real', draw: 'repeat' },
        { name: 'latents', kind: 'latents', draw: 'repeat' },
        {
          name: 'broken',
          kind: 'schedule',
          value: (progress) => (at.includes(Math.round(progress * steps) + 1) ? 1 : 0),
        },
      ],
      after(context) {
        const isBroken = tf.cast(tf.greater(context.inputs.broken, 0.5), 'float32');
        for (const weight of context.weights('generator')) {
          const everywhere = tf.cast(tf.mul(tf.fill(weight.shape, 1), isBroken), 'bool');
          weight.assign(tf.where(everywhere, tf.fill(weight.shape, value), weight));
        }
      },
    }),
  ]);
}

const options = {
  architecture: linearArchitecture(),
  dataset: countingDataset({ size: 64 }),
  latents: { dimension: 1, distribution: 'uniform' },
  batchSize: 4,
  steps,
  seed: 3,
  executor: 'eager',
  evaluation: { every: 4, samples: 50, metrics: () => [meanMetric()] },
} satisfies Partial<FitOptions>;

async function record(changes: Partial<FitOptions> & Pick<FitOptions, 'method'>) {
  const guards: GuardEvent[] = [];
  const states = new Map<number, RunState>();
  const told: number[] = [];
  const result = await fit({
    ...options,
    ...changes,
    callbacks: {
      onStep: ({ step }) => void told.push(step),
      onEvaluation: async ({ step, state }) => void states.set(step, await state()),
      onGuard: (event) => void guards.push(event),
    },
  });
  await result.dispose();
  return { result, guards, states, told, numbers: numbersOf(states.get(result.step)!) };
}

const numbersOf = ({ tensors }: RunState) =>
  [...tensors].map(([name, { data }]) => [name, Array.from(data, Number)]);

const targets = ['onnx', ...(succeeds(inspectTensorFlow) ? (['tensorflow'] as const) : [])] as const;

const collapse = sampleVariance({ below: 0.05, policy: 'restore' });

describe('a guard that goes back', () => {
  it('gives the run the weights and slots of the best evaluation, and steps that they have not seen', async () => {
    const { result, guards, states } = await record({ method: thrownOff(0, 7), guards: [collapse] });
    expect(guards).toMatchObject([
      { step: 8, guard: 'sample-variance', action: 'restored', restoredStep: 4 },
    ]);
    expect(result).toMatchObject({ step: 20, outcome: 'completed' });
    // What goes on from step 8 is the state of step 4 ...
    expect(numbersOf(states.get(8)!)).toEqual(numbersOf(states.get(4)!));
    // ... trained by the batches of steps 9 to 12, with Adam's fifth to eighth call: in float64, by hand.
    const start = states.get(4)!;
    expect(states.get(12)!.history.interventions).toHaveLength(1);
    let [w] = start.tensors.get('weights/generator/0')!.data as Float32Array;
    let [m] = start.tensors.get('slots/generator/generator/0/firstMoment')!.data as Float32Array;
    let [v] = start.tensors.get('slots/generator/generator/0/secondMoment')!.data as Float32Array;
    const batches = await batchesOf(9, 12);
    batches.forEach(({ latents, real }, i) => {
      const gradient = latents.reduce((sum, z, k) => sum + (2 * z * (w * z - real[k])) / 4, 0);
      const t = 5 + i;
      m += 0.5 * (gradient - m);
      v += (1 - 0.9) * (gradient ** 2 - v);
      w -= (0.05 * Math.sqrt(1 - 0.9 ** t) * m) / (1 - 0.5 ** t) / (Math.sqrt(v) + 1e-8);
    });
    expect((states.get(12)!.tensors.get('weights/generator/0')!.data as Float32Array)[0]).toBeCloseTo(w, 5);
  });

  it('resumes to the bit from before, at and after the step', async () => {
    const whole = await record({ method: thrownOff(0, 7, 14), guards: [collapse] });
    expect(whole.guards.map(({ step, restoredStep }) => [step, restoredStep])).toEqual([
      [8, 4],
      [16, 12],
    ]);
    for (const at of [4, 8, 12]) {
      const resumed = await record({
        method: thrownOff(0, 7, 14),
        guards: [collapse],
        resume: whole.states.get(at)!,
        findState: (step) => whole.states.get(step),
      });
      expect(resumed.numbers).toEqual(whole.numbers);
      expect(resumed.states.get(20)!.history).toEqual(whole.states.get(20)!.history);
    }
  });

  it('ends the run with the best state when going back did not help', async () => {
    const { result, guards, states } = await record({
      method: thrownOff(0, 7, 8, 11, 12, 15, 16),
      guards: [sampleVariance({ below: 0.05, policy: 'restore', restores: 2 })],
    });
    expect(guards.map(({ step, action, restoredStep }) => [step, action, restoredStep])).toEqual([
      [8, 'restored', 4],
      [12, 'restored', 4],
      [16, 'stopped', 4],
    ]);
    expect(result).toMatchObject({ step: 16, outcome: 'stopped' });
    expect(numbersOf(states.get(16)!)).toEqual(numbersOf(states.get(4)!));
    expect(result.results[0].value).not.toBe(0);
  });

  it.each([
    ['the run is ended', { at: [7, 8, 11, 12], restores: 1 }, { step: 12, outcome: 'stopped' }],
    ['it went back at its last step', { at: [19], restores: 1 }, { step: 20, outcome: 'completed' }],
  ] as const)('tells of the state that it ends with last where %s', async (_, { at, restores }, end) => {
    const evaluations: EvaluationEvent[] = [];
    const result = await fit({
      ...options,
      method: thrownOff(0, ...at),
      guards: [sampleVariance({ below: 0.05, policy: 'restore', restores })],
      callbacks: { onEvaluation: (event) => void evaluations.push(event) },
    });
    const { restoredStep } = result.history.interventions.at(-1)!;
    await result.dispose();
    expect(result).toMatchObject(end);
    const [thrownAway, last] = evaluations.slice(-2);
    const restored = evaluations.find(({ step }) => step === restoredStep)!;
    expect([thrownAway.step, last.step]).toEqual([end.step, end.step]);
    expect(thrownAway.results).not.toEqual(restored.results);
    for (const key of ['samples', 'results', 'measurements'] as const)
      expect(last[key]).toEqual(restored[key]);
    expect(last.results).toEqual(result.results);
    expect(last.improved).toBeUndefined();
  });

  it('does so for what is not finite, in the very step', async () => {
    const { result, guards, told } = await record({
      method: thrownOff(NaN, 6),
      guards: [nonFinite({ policy: 'restore' })],
    });
    expect(guards).toMatchObject([
      {
        step: 6,
        guard: 'non-finite',
        action: 'restored',
        restoredStep: 4,
        reason: 'weights/generator/0 holds numbers that are not finite',
      },
    ]);
    expect(result.outcome).toBe('completed');
    expect(told).not.toContain(6);
  });

  it('tells the numbers of the state that it ends with, also where no weight was wrong', async () => {
    // A variable of the method is not finite from the evaluations of steps 8 and 16 on.
    const method: Method = {
      ...thrownOff(0),
      variables: { level: 0 },
      phases: thrownOff(0).phases.map((phase) => ({
        ...phase,
        inputs: phase.inputs.map((input) =>
          input.kind === 'schedule'
            ? {
                ...input,
                value: (progress) => ([8, 16].includes(Math.round(progress * steps) + 1) ? NaN : 0),
              }
            : input,
        ),
        after: ({ variables, inputs }) => variables.level.assign(inputs.broken),
      })),
    };
    for (const better of ['higher', 'lower'] as const) {
      const evaluated = new Map<number, number>();
      const guards: GuardEvent[] = [];
      const result = await fit({
        ...options,
        method,
        guards: [nonFinite({ policy: 'restore', restores: 1 })],
        best: { metric: 'mean', better },
        callbacks: {
          onEvaluation: ({ step, results }) => void evaluated.set(step, results[0].value),
          onGuard: (event) => void guards.push(event),
        },
      });
      await result.dispose();
      expect(guards.map(({ step, action }) => [step, action])).toEqual([
        [8, 'restored'],
        [16, 'stopped'],
      ]);
      const { restoredStep } = guards[1];
      expect(result.results[0].value).toBe(evaluated.get(restoredStep!));
    }
  });

  it('fails where there is nothing to go back to', async () => {
    await expect(
      record({ method: thrownOff(NaN, 2), guards: [nonFinite({ policy: 'restore' })] }),
    ).rejects.toMatchObject({ code: 'VALUE_NON_FINITE', quantity: 'weights/generator/0', step: 2 });
  });

  describe.each(targets)('compiled for %s', (target) => {
    const compiled = { executor: 'compiled', compiler: { target } } as const;

    it('does the same', async () => {
      const changes = { method: thrownOff(0, 7), guards: [collapse] };
      const [eager, other] = [await record(changes), await record({ ...changes, ...compiled })];
      expect(other.guards.map(({ step, restoredStep }) => [step, restoredStep])).toEqual([[8, 4]]);
      for (const [name, { data }] of eager.states.get(20)!.tensors) {
        const numbers = other.states.get(20)!.tensors.get(name)!.data as Float32Array;
        (data as Float32Array).forEach((value, i) => expect(numbers[i]).toBeCloseTo(value, 4));
      }
    });

    it('goes back in the very step that makes a weight infinite, and fails where there is nothing to go back to', async () => {
      const guards = [nonFinite({ policy: 'restore' })];
      const { result, guards: told } = await record({ method: thrownOff(Infinity, 6), guards, ...compiled });
      expect(told.map(({ step, restoredStep }) => [step, restoredStep])).toEqual([[6, 4]]);
      expect(result.outcome).toBe('completed');
      await expect(record({ method: thrownOff(NaN, 2), guards, ...compiled })).rejects.toMatchObject({
        code: 'VALUE_NON_FINITE',
        quantity: 'weights/generator/0',
        step: 2,
      });
    });

    it('warns, and stops', async () => {
      const method = thrownOff(0, 7);
      const warned = await record({ method, guards: [sampleVariance({ below: 0.05 })], ...compiled });
      expect(warned.guards[0]).toMatchObject({ step: 8, action: 'warned' });
      const stopped = await record({
        method,
        guards: [sampleVariance({ below: 0.05, policy: 'stop' })],
        ...compiled,
      });
      expect(stopped.result).toMatchObject({ step: 8, outcome: 'stopped' });
    });
  });
});

describe('guards with other policies', () => {
  it('are finite by default: a weight that is not ends the run in that step', async () => {
    await expect(record({ method: thrownOff(Infinity, 6) })).rejects.toMatchObject({
      code: 'VALUE_NON_FINITE',
      quantity: 'weights/generator/0',
      step: 6,
    });
  });

  it('warn and change nothing', async () => {
    const method = thrownOff(0, 7);
    const warned = await record({ method, guards: [sampleVariance({ below: 0.05 })] });
    expect(warned.guards[0]).toMatchObject({ step: 8, action: 'warned' });
    expect(warned.numbers).toEqual((await record({ method })).numbers);
  });

  it('stop: a metric that fell, a metric that does not improve', async () => {
    const better = 'higher' as const;
    const fall = metricFall({ metric: 'mean', better, share: 0.99, policy: 'stop' });
    const frozen = methodOf([regressionPhase({ optimizer: sgd(0) })]);
    expect((await record({ method: frozen, guards: [fall] })).result.outcome).toBe('completed');
    const early = await record({
      method: frozen,
      guards: [earlyStop({ metric: 'mean', better, patience: 2 })],
    });
    expect(early.result).toMatchObject({ step: 12, outcome: 'stopped' });
    expect(early.result.results).toHaveLength(1);
  });

  it("take somebody's own", async () => {
    const own: Guard = {
      id: 'long-enough',
      options: {},
      policy: 'stop',
      afterStep: ({ step }) => (step === 5 ? 'five steps are enough' : undefined),
    };
    const { result, guards } = await record({ method: thrownOff(0), guards: [own] });
    expect(result).toMatchObject({ step: 5, outcome: 'stopped' });
    expect(guards).toMatchObject([{ guard: 'long-enough', reason: 'five steps are enough' }]);
  });

  it.each([
    [[collapse, collapse], 'two of them are called sample-variance'],
    [[{ ...collapse, policy: 'pray' }], 'the policy of sample-variance must be warn, restore or stop'],
    [[sampleVariance], 'must be a guard, as metricFall() returns one'],
  ])('refuse what is none: %#', async (guards, message) => {
    await expect(record({ method: thrownOff(0), guards: guards as never })).rejects.toThrow(message);
  });
});

/** What the steps from `first` to `last` are fed, as another run of the same seed reads it. */
async function batchesOf(first: number, last: number) {
  const batches: { latents: number[]; real: number[] }[] = [];
  const spy = methodOf([
    regressionPhase({
      optimizer: sgd(0),
      loss(context) {
        const { latents, real } = context.inputs;
        batches.push({ latents: Array.from(latents.dataSync()), real: Array.from(real.dataSync()) });
        return { total: tf.mean(context.generate(latents as tf.Tensor2D).samples), terms: {} };
      },
    }),
  ]);
  const result = await fit({ ...options, method: spy, steps: last });
  await result.dispose();
  return batches.slice(first - 1, last);
}
