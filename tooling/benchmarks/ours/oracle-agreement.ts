/** Steps held to what PyTorch and JAX compute in float64 (`oracle.json`, made by `peers/oracle.py`), for `oracle.test.ts` and its long sibling. */
import { readFileSync } from 'node:fs';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-layers'; // registers the gradients
import * as tf from '@tensorflow/tfjs-core';
import { compile, type TargetName } from '@dist-gan/compiler';
import { installSecondOrderGradients } from '@dist-gan/gradients';
import { expect } from 'vitest';
import { createStep } from './create-step.js';
import type { Step } from './step.js';
import { initialWeight, loadWorkload, type Arrays } from './workloads.js';

interface Oracle {
  steps: number;
  workloads: Record<
    string,
    {
      losses: Record<string, number>[];
      weights: Record<string, { sum: number; sumOfSquares: number; moved: number }>;
    }
  >;
}

const oracle = JSON.parse(readFileSync(new URL('../oracle.json', import.meta.url), 'utf8')) as Oracle;
type RunStep = (inputs: Arrays) => Promise<Record<string, number>>;

/** Before all: on the plain CPU backend, with gradients of second order. */
export async function prepare(): Promise<void> {
  await tf.setBackend('cpu');
  installSecondOrderGradients();
}

/** The workloads that are small enough for tests. */
export const tinyWorkloads = Object.keys(oracle.workloads).filter((name) => name.endsWith('-tiny'));

/** @param name of a workload */
export async function expectEagerAgreement(name: string): Promise<void> {
  const step = createStep(loadWorkload(name));
  const runStep: RunStep = async (arrays) => {
    const losses = tf.tidy(() =>
      step.run(
        Object.fromEntries(
          Object.entries(step.inputs).map(([input, shape]) => [input, tf.tensor(arrays[input], shape)]),
        ),
      ),
    );
    const values = Object.fromEntries(
      Object.entries(losses).map(([phase, loss]) => [phase, loss.dataSync()[0]]),
    );
    tf.dispose(losses);
    return values;
  };
  await expectAgreement(name, step, runStep, async () => {});
  step.dispose();
}

/** @param name of a workload */
export async function expectCompiledAgreement(name: string, target: TargetName): Promise<void> {
  const step = createStep(loadWorkload(name));
  const compiled = await compile((inputs) => step.run(inputs), {
    inputs: Object.fromEntries(Object.entries(step.inputs).map(([input, shape]) => [input, { shape }])),
    target,
    threads: 1,
  });
  const runStep: RunStep = async (arrays) => {
    const outputs = await compiled.run(arrays);
    return Object.fromEntries(Object.entries(outputs).map(([phase, { data }]) => [phase, Number(data[0])]));
  };
  await expectAgreement(name, step, runStep, () => compiled.readVariables());
  compiled.dispose();
  step.dispose();
}

async function expectAgreement(name: string, step: Step, runStep: RunStep, readWeights: () => Promise<void>) {
  const expected = oracle.workloads[name];
  // The presets' score distance is the difference of two means of about a half, and only as exact as they are.
  const smallestLoss = loadWorkload(name).step === 'preset' ? 0.005 : undefined;

  for (let index = 0; index < oracle.steps; index++) {
    const losses = await runStep(step.batchOf(index));
    for (const [phase, loss] of Object.entries(expected.losses[index])) {
      const difference = relativeDifference(losses[phase], loss, smallestLoss);
      expect(difference, `${phase} loss of step ${index}`).toBeLessThan(1e-4);
    }
  }
  await readWeights();
  for (const [weight, { sum, sumOfSquares, moved }] of Object.entries(expected.weights)) {
    const values = Float64Array.from(await step.weights[weight].data());
    const start = initialWeight(weight, step.weights[weight].shape);
    const total = (f: (value: number, index: number) => number) =>
      values.reduce((acc, value, index) => acc + f(value, index), 0);
    // float32 keeps 1e-7 of each weight, and Adam's division can lift that by a few powers of ten where a gradient is near 0.
    const scale = Math.sqrt(sumOfSquares * values.length);
    expect(Math.abs(total((value) => value) - sum) / scale, `sum of ${weight}`).toBeLessThan(1e-4);
    expect(
      relativeDifference(
        total((value) => value ** 2),
        sumOfSquares,
      ),
      `squares of ${weight}`,
    ).toBeLessThan(1e-4);
    const movement = total((value, index) => (value - start[index]) ** 2);
    expect(relativeDifference(movement, moved), `movement of ${weight}`).toBeLessThan(1e-2);
  }
}

function relativeDifference(actual: number, expected: number, smallest = 1e-6): number {
  return Math.abs(actual - expected) / Math.max(Math.abs(expected), smallest);
}
