import { isGanError, type TargetName } from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect } from 'vitest';
import type { Compile, Elements, InputForm, TensorFunction } from './compile.js';
import { relativeDifference } from './relative-difference.js';

/** A function to be compared, and what it is called with. */
export interface Comparison<Options> {
  readonly target: TargetName;
  readonly fn: TensorFunction;
  readonly inputs: Readonly<Record<string, InputForm>>;
  /** The inputs of the nth call, from 0. */
  readonly feeds: (call: number) => Readonly<Record<string, Elements>>;
  /** Variables that the function changes. */
  readonly variables?: readonly tf.Variable[];
  /** Default 1. */
  readonly calls?: number;
  /** Largest difference allowed, as a part of the largest element of the eager tensor (or of 1). Default 1e-5. */
  readonly tolerance?: number;
  /** Other options of `compile`. */
  readonly options?: Partial<Options>;
}

/** What compares compiled functions with eager ones. */
export interface AgainstEager<Options> {
  /**
   * The proof of a kernel or of a step: compiled, the function gives the outputs and the variables that the same
   * function gives on the current backend of TensorFlow.js, best its plain CPU backend. Throws where it does not.
   */
  readonly expectLikeEager: (comparison: Comparison<Options>) => Promise<void>;
  /** The same tests for every target; those of an engine that is not here count as skipped. */
  readonly describeOnTargets: (name: string, suite: (target: TargetName) => void) => void;
  /** Whether there is a TensorFlow to test with. */
  readonly tensorFlowIsHere: boolean;
}

/** One thread: the tests of a workspace run side by side, and waiting threads take each other's processor. */
const threads = 1;

/** @param compile that of `@dist-gan/compiler` */
export async function againstEager<Compiler extends Compile>(
  compile: Compiler,
): Promise<AgainstEager<Parameters<Compiler>[1]>> {
  const tensorFlowIsHere = await runsOn('tensorflow', compile);
  return {
    tensorFlowIsHere,
    expectLikeEager: (comparison) => expectLikeEager(compile, comparison),
    describeOnTargets: (name, suite) => {
      describe(`${name}, on ONNX Runtime`, () => suite('onnx'));
      describe.skipIf(!tensorFlowIsHere)(`${name}, on TensorFlow`, () => suite('tensorflow'));
    },
  };
}

async function runsOn(target: TargetName, compile: Compile): Promise<boolean> {
  try {
    const inputs = { x: { shape: [1] } };
    const compiled = await compile(({ x }) => ({ y: tf.neg(x) }), { target, inputs, threads });
    compiled.dispose();
    return true;
  } catch (error) {
    if (isGanError(error, 'BACKEND_UNAVAILABLE')) return false;
    throw error;
  }
}

const elementsOf = { float32: Float32Array, int32: Int32Array, bool: Uint8Array };

async function expectLikeEager<Options>(compile: Compile, comparison: Comparison<Options>): Promise<void> {
  const { target, fn, inputs, feeds, variables = [], calls = 1, tolerance = 1e-5, options } = comparison;
  const start = variables.map((variable) => variable.dataSync().slice());
  const compiled = await compile(fn, { target, inputs, threads, ...options });
  try {
    const outputs = [];
    for (let call = 0; call < calls; call++) outputs.push(await compiled.run(feeds(call)));
    await compiled.readVariables();
    const after = variables.map((variable) => variable.dataSync().slice());
    variables.forEach((variable, at) =>
      tf.tidy(() => variable.assign(tf.tensor(start[at], variable.shape, variable.dtype))),
    );

    for (let call = 0; call < calls; call++) {
      const eager = runEagerly(fn, inputs, feeds(call));
      const names = eager.map(({ name }) => name).toSorted();
      expect(Object.keys(outputs[call]).toSorted(), 'names of the outputs').toEqual(names);
      for (const { name, shape, dtype, data } of eager) {
        const output = outputs[call][name];
        expect(output.shape, `shape of ${name}`).toEqual(shape);
        expect(output.data, `elements of ${name}, ${dtype}`).toBeInstanceOf(elementsOf[dtype]);
        expect(relativeDifference(output.data, data), `output ${name}, call ${call}`).toBeLessThanOrEqual(
          tolerance,
        );
      }
    }
    const eager = variables.map((variable) => variable.dataSync());
    if (variables.length > 0)
      expect(eager, 'variables, of which the function is to change some').not.toEqual(start);
    variables.forEach(({ name }, at) => {
      expect(relativeDifference(after[at], eager[at]), `variable ${name}`).toBeLessThanOrEqual(tolerance);
    });
  } finally {
    compiled.dispose();
  }
}

function runEagerly(
  fn: TensorFunction,
  inputs: Readonly<Record<string, InputForm>>,
  feeds: Readonly<Record<string, Elements>>,
) {
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
      // Of float32 that was cast from int32, the plain backend keeps the int32.
      dtype: tensor.dtype as keyof typeof elementsOf,
      data: tensor.dataSync(),
    }));
  });
}
