import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import { compile } from '../src/compile/compile.js';
import type { CompileOptions } from '../src/compile/options.js';
import type { InputSpec, TensorFunction } from '../src/record/record.js';
import type { Data } from '../src/graph/types.js';
import type { TargetName } from '../src/targets/target.js';

interface Comparison {
  readonly target: TargetName;
  readonly fn: TensorFunction;
  readonly inputs: Readonly<Record<string, InputSpec>>;
  readonly feeds: (call: number) => Readonly<Record<string, Data>>;
  /** Variables that the function changes. */
  readonly variables?: readonly tf.Variable[];
  readonly calls?: number;
  /** Largest difference allowed, as a part of the largest element of the eager tensor (or of 1). */
  readonly tolerance?: number;
  readonly options?: Partial<CompileOptions>;
}

/** Largest difference of two tensors, as a part of the largest expected element, or of 1 where that is less. */
export function relativeDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  let [scale, worst] = [1, 0];
  for (let at = 0; at < expected.length; at++) {
    if (Number.isFinite(expected[at])) scale = Math.max(scale, Math.abs(expected[at]));
  }
  for (let at = 0; at < expected.length; at++) {
    if (Object.is(actual[at], expected[at]) || actual[at] === expected[at]) continue;
    const difference = Math.abs(actual[at] - expected[at]);
    worst = Math.max(worst, Number.isNaN(difference) ? Infinity : difference);
  }
  return worst / scale;
}

/** Runs the function on TensorFlow.js' plain CPU backend. */
function runEagerly(fn: TensorFunction, inputs: Comparison['inputs'], feeds: Readonly<Record<string, Data>>) {
  return tf.tidy(() => {
    const tensors = Object.fromEntries(
      Object.entries(inputs).map(([name, { shape, dtype }]) => [
        name,
        tf.tensor(feeds[name].slice(), [...shape], dtype ?? 'float32'),
      ]),
    );
    return Object.entries(fn(tensors)).map(([name, tensor]) => ({
      name,
      shape: tensor.shape,
      dtype: tensor.dtype,
      data: tensor.dataSync(),
    }));
  });
}

/**
 * The proof of the compiler: the compiled function gives the outputs and the variables that the same
 * function gives on TensorFlow.js' plain CPU backend.
 */
export async function expectLikeEager(comparison: Comparison): Promise<void> {
  const { target, fn, inputs, feeds, variables = [], calls = 1, tolerance = 1e-5, options } = comparison;
  const start = variables.map((variable) => variable.dataSync().slice());
  // One thread: the tests of a workspace run side by side, and waiting threads take each other's processor.
  const compiled = await compile(fn, { target, inputs, threads: 1, ...options });
  try {
    const outputs = [];
    for (let call = 0; call < calls; call++) outputs.push(await compiled.run(feeds(call)));
    await compiled.readVariables();
    const after = variables.map((variable) => variable.dataSync().slice());
    variables.forEach((variable, at) =>
      tf.tidy(() => variable.assign(tf.tensor(start[at], variable.shape, variable.dtype))),
    );

    for (let call = 0; call < calls; call++) {
      for (const { name, shape, data } of runEagerly(fn, inputs, feeds(call))) {
        expect(outputs[call][name].shape, `shape of ${name}`).toEqual(shape);
        expect(
          relativeDifference(outputs[call][name].data, data),
          `output ${name}, call ${call}`,
        ).toBeLessThanOrEqual(tolerance);
      }
    }
    variables.forEach((variable, at) => {
      expect(
        relativeDifference(after[at], variable.dataSync()),
        `variable ${variable.name}`,
      ).toBeLessThanOrEqual(tolerance);
    });
  } finally {
    compiled.dispose();
  }
}
