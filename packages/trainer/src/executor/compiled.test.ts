import { describe, expect, it } from 'vitest';
import { BackendError, type Method } from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import { countingDataset, linearArchitecture, meanMetric, tinyDistGan } from '../../test/tiny.js';
import type { EvaluationEvent, StepEvent } from '../callbacks.js';
import { fit } from '../fit.js';
import type { ExecutorId } from './executor.js';

/** Ten steps: losses, samples, and every weight at the end. */
async function train(executor: ExecutorId, { batchNorm = false, method = tinyDistGan() } = {}) {
  const [steps, evaluations]: [StepEvent[], EvaluationEvent[]] = [[], []];
  const reconstructions: Float32Array[] = [];
  const result = await fit({
    method,
    architecture: linearArchitecture({ batchNorm }),
    dataset: countingDataset({ dimension: 2 }),
    latents: { dimension: 2, distribution: 'uniform' },
    batchSize: 4,
    steps: 10,
    seed: 1,
    executor,
    evaluation: { every: 3, samples: 6, metrics: () => [meanMetric()] },
    callbacks: {
      onStep: (event) => void steps.push(event),
      async onEvaluation(event) {
        evaluations.push(event);
        // Five samples in batches of four.
        const samples = Float32Array.from({ length: 10 }, (_, i) => Math.sin(i));
        reconstructions.push((await event.reconstruct!(samples)).data);
      },
    },
  });
  const generated = await result.generate(3);
  const weights = Object.entries(result.networks).flatMap(([role, network]) =>
    network
      .getWeights()
      .flatMap((weight) => Array.from(weight.dataSync(), (value) => [role, value] as const)),
  );
  await result.dispose();
  return { result, steps, evaluations, reconstructions, generated, weights };
}

/**
 * Equal to a few units in the last place of float32, which ten steps make of another order of sums and products;
 * batch statistics of four samples make more of it than anything else.
 */
function expectClose(actual: ArrayLike<number>, wanted: ArrayLike<number>): void {
  expect(actual).toHaveLength(wanted.length);
  for (let i = 0; i < wanted.length; i++) {
    expect(Math.abs(actual[i] - wanted[i])).toBeLessThanOrEqual(3e-5 * Math.max(1, Math.abs(wanted[i])));
  }
}

describe('the compiled executor', () => {
  it.each([{ batchNorm: false }, { batchNorm: true }])(
    'trains, evaluates and samples as the eager one: %o',
    async (options) => {
      const [compiled, eager] = [await train('compiled', options), await train('eager', options)];
      expect(compiled.result.executor).toBe('compiled');
      compiled.steps.forEach(({ losses, learningRates }, i) => {
        expect(Object.keys(losses)).toEqual(Object.keys(eager.steps[i].losses));
        expectClose(Object.values(losses), Object.values(eager.steps[i].losses));
        expect(learningRates).toEqual(eager.steps[i].learningRates);
      });
      expect(compiled.evaluations.map(({ step }) => step)).toEqual([3, 6, 9, 10]);
      compiled.evaluations.forEach(({ samples }, i) =>
        expectClose(samples.data, eager.evaluations[i].samples.data),
      );
      compiled.reconstructions.forEach((data, i) => expectClose(data, eager.reconstructions[i]));
      expectClose(compiled.generated.data, eager.generated.data);
      expect(compiled.weights.map(([role]) => role)).toEqual(eager.weights.map(([role]) => role));
      expectClose(
        compiled.weights.map(([, value]) => value),
        eager.weights.map(([, value]) => value),
      );
    },
  );

  it('trains as the eager one where a penalty acts in every third step', async () => {
    const due: boolean[] = [];
    const lazy = (): Method => {
      const method = tinyDistGan();
      return {
        ...method,
        phases: method.phases.map((phase) =>
          phase.name !== 'discriminator'
            ? phase
            : {
                ...phase,
                intervals: [3],
                loss(context) {
                  const { total, terms } = phase.loss(context);
                  if (!context.isDue(3)) return { total, terms: { adversarial: terms.adversarial } };
                  return { total: tf.add<tf.Scalar>(total, tf.mul(3, terms.penalty)), terms };
                },
              },
        ),
      };
    };
    const [compiled, eager] = [
      await train('compiled', { method: lazy() }),
      await train('eager', { method: lazy() }),
    ];
    compiled.steps.forEach(({ losses, step }, i) => {
      due.push('discriminator/penalty' in losses);
      expect(due.at(-1)).toBe((step - 1) % 3 === 0);
      expect(Object.keys(losses)).toEqual(Object.keys(eager.steps[i].losses));
      expectClose(Object.values(losses), Object.values(eager.steps[i].losses));
    });
    expectClose(
      compiled.weights.map(([, value]) => value),
      eager.weights.map(([, value]) => value),
    );
  });

  it('gives the same numbers for the same seed', async () => {
    const [first, again] = [await train('compiled'), await train('compiled')];
    expect(again.steps.map(({ losses }) => losses)).toEqual(first.steps.map(({ losses }) => losses));
    expect(again.generated).toEqual(first.generated);
  });

  it('says what to do where ONNX Runtime cannot be used', async () => {
    const broken = {
      InferenceSession: {
        create: () => Promise.reject(new BackendError('the device is gone.', 'onnxruntime-node')),
      },
      Tensor: class {} as never,
    };
    const attempt = fit({
      method: tinyDistGan(),
      architecture: linearArchitecture(),
      dataset: countingDataset({ dimension: 2 }),
      latents: { dimension: 2, distribution: 'uniform' },
      batchSize: 4,
      steps: 1,
      seed: 1,
      compiler: { runtime: broken },
    });
    await expect(attempt).rejects.toMatchObject({ code: 'BACKEND_UNAVAILABLE' });
    await expect(attempt).rejects.toThrow("the device is gone. Or train with executor: 'eager'");
  });
});
