import { inspectTensorFlow, type TargetName } from '@dist-gan/compiler';
import type { MovingAverageOptions } from '@dist-gan/core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { succeeds } from '../../../../tooling/test/succeeds.js';
import { countingDataset, linearArchitecture, meanMetric, tinyDistGan } from '../../test/tiny.js';
import type { EvaluationEvent } from '../callbacks.js';
import { fit } from '../fit.js';
import { averagingRate } from './averaging-rate.js';

const batchSize = 4;

interface Seen {
  readonly average: number[][];
  readonly raw: number[][];
  readonly event: EvaluationEvent;
}

const weightsOf = (network: LayersModel) =>
  network.getWeights().map((weight) => Array.from(weight.dataSync()));

/** Six steps with batch norm, every one evaluated: the weights of both generators after each. */
async function train(
  on: 'eager' | TargetName,
  movingAverage: MovingAverageOptions,
): Promise<{ seen: Seen[]; generated: Float32Array }> {
  const seen: Seen[] = [];
  const result = await fit({
    method: tinyDistGan(),
    architecture: linearArchitecture({ batchNorm: true }),
    dataset: countingDataset({ dimension: 2 }),
    latents: { dimension: 2, distribution: 'uniform' },
    batchSize,
    steps: 6,
    seed: 1,
    movingAverage,
    ...(on === 'eager' ? { executor: 'eager' } : { compiler: { target: on } }),
    evaluation: { every: 1, samples: 5, metrics: () => [meanMetric()] },
    callbacks: {
      onEvaluation(event) {
        seen.push({ average: weightsOf(event.generator), raw: weightsOf(event.raw!.generator), event });
      },
    },
  });
  const generated = (await result.generate(5)).data;
  expect(weightsOf(result.generator)).toEqual(seen.at(-1)!.average);
  expect(weightsOf(result.networks.generator)).toEqual(seen.at(-1)!.raw);
  expect(result.rawResults).toEqual(seen.at(-1)!.event.raw!.results);
  await result.dispose();
  return { seen, generated };
}

/** Relative to the number where it is more than 1. */
function expectClose(actual: readonly number[], wanted: readonly number[], tolerance: number): void {
  expect(actual).toHaveLength(wanted.length);
  actual.forEach((value, i) => {
    expect(Math.abs(value - wanted[i])).toBeLessThan(tolerance * Math.max(1, Math.abs(wanted[i])));
  });
}

describe('averagingRate', () => {
  it('halves what came before in every half-life', () => {
    let old = 1;
    for (let step = 0; step < 25; step++) {
      old *= 1 - averagingRate({ halfLife: 100, rampUp: null }, { stepsDone: step, batchSize });
    }
    expect(old).toBeCloseTo(0.5, 12);
  });

  it('begins with a copy and has a half-life of a share of the samples seen, up to the whole', () => {
    const at = (stepsDone: number) =>
      averagingRate({ halfLife: 100, rampUp: 0.5 }, { stepsDone, batchSize: 10 });
    expect(at(0)).toBe(1);
    expect(at(4)).toBeCloseTo(1 - 2 ** (-10 / 20), 12);
    expect(at(20)).toBeCloseTo(1 - 2 ** (-10 / 100), 12);
    expect(at(1000)).toBe(at(20));
  });
});

describe('the moving average', () => {
  it.each([{ rampUp: null }, { rampUp: 0.5 }])('follows the trained weights: %o', async ({ rampUp }) => {
    const { seen } = await train('eager', { halfLife: 10, rampUp });
    // Kernel, gamma and beta; then batch norm's averages, which are copied.
    const trainable = 3;
    for (let step = 1; step < seen.length; step++) {
      const halfLife = rampUp === null ? 10 : Math.min(10, rampUp * step * batchSize);
      const rate = 1 - 2 ** (-batchSize / halfLife);
      const { average, raw } = seen[step];
      average.forEach((values, i) => {
        const before = seen[step - 1].average[i];
        const wanted = values.map((_, k) =>
          i < trainable ? before[k] + rate * (raw[i][k] - before[k]) : raw[i][k],
        );
        expectClose(values, wanted, 1e-6);
      });
    }
    expect(seen[5].average[0]).not.toEqual(seen[5].raw[0]);
  });

  it('is evaluated and sampled, beside the raw generator, and its results say so', async () => {
    const { seen } = await train('eager', { halfLife: 10 });
    const { samples, results, raw } = seen[5].event;
    expect(results[0].protocol).toEqual({ weights: { id: 'moving-average', halfLife: 10, rampUp: 0.05 } });
    expect(raw!.results[0].protocol).toEqual({ weights: { id: 'last' } });
    const mean = (data: Float32Array) => data.reduce((sum, value) => sum + value, 0) / data.length;
    expect(results[0].value).toBeCloseTo(mean(samples.data), 6);
    expect(raw!.results[0].value).toBeCloseTo(mean(raw!.samples.data), 6);
    expect(samples.data).not.toEqual(raw!.samples.data);
  });

  it('does not change the training', async () => {
    const [short, long] = [
      await train('eager', { halfLife: 5, rampUp: null }),
      await train('eager', { halfLife: 500, rampUp: null }),
    ];
    expect(long.seen.map(({ raw }) => raw)).toEqual(short.seen.map(({ raw }) => raw));
    expect(long.generated).not.toEqual(short.generated);
  });

  describe('compiled is as eager', () => {
    const compare = (target: TargetName) => {
      it('in weights and samples', async () => {
        const options = { halfLife: 10, rampUp: 0.5 };
        const [eager, compiled] = [await train('eager', options), await train(target, options)];
        compiled.seen.forEach(({ average, event }, step) => {
          average.forEach((values, i) => expectClose(values, eager.seen[step].average[i], 3e-5));
          expectClose([...event.samples.data], [...eager.seen[step].event.samples.data], 3e-5);
        });
        expectClose([...compiled.generated], [...eager.generated], 3e-5);
      });
    };
    describe('on ONNX Runtime', () => compare('onnx'));
    describe.skipIf(!succeeds(inspectTensorFlow))('on TensorFlow', () => compare('tensorflow'));
  });
});
