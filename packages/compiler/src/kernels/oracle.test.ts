import { readFileSync } from 'node:fs';
import { isGanError, type TargetName } from '@dist-gan/core';
import { installSecondOrderGradients, uninstallSecondOrderGradients } from '@dist-gan/gradients';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { relativeDifference } from '@dist-gan/testing/compiled';
import { describeOnTargets } from '../../test/against-eager.js';
import { compile } from '../compile/compile.js';
import { kernels } from './table.js';

/**
 * Every kernel of the table at random shapes, axes, attributes and types, against NumPy and SciPy: cases and results are
 * those of `tooling/oracles/kernels.py`, which says how to try many more of them.
 */
interface OracleCase {
  readonly kernel: string;
  readonly inputs: Readonly<Record<string, OracleTensor>> | readonly OracleTensor[];
  readonly attributes: tf.NamedAttrMap;
  readonly outputs: readonly OracleTensor[];
  /** A share of the largest entry, or of 1. Default 1e-5. */
  readonly tolerance?: number;
}

interface OracleTensor {
  readonly shape: readonly number[];
  readonly dtype: 'float32' | 'int32' | 'bool';
  /** Numbers that JSON lacks are texts. */
  readonly data: readonly (number | string)[];
}

interface Result {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly data: ArrayLike<number>;
}

const file = process.env.DIST_GAN_KERNEL_CASES ?? new URL('../../test/kernel-cases.json', import.meta.url);
const cases = JSON.parse(readFileSync(file, 'utf8')) as OracleCase[];
const casesOf = new Map<string, OracleCase[]>();
for (const one of cases) casesOf.set(one.kernel, [...(casesOf.get(one.kernel) ?? []), one]);

/** Recorded, but TensorFlow.js itself has no such kernel on its CPU backend. */
const withoutEager = ['BroadcastTo', 'LogSoftmax'];

beforeAll(() => installSecondOrderGradients());
afterAll(() => uninstallSecondOrderGradients());

const arrays = { float32: Float32Array, int32: Int32Array, bool: Uint8Array };

const dataOf = ({ dtype, data }: OracleTensor) => new arrays[dtype](data.map(Number));

/** What a compiled step gives; the type of its array says of which dtype it is. */
function asResult({ shape, data }: { shape: readonly number[]; data: object }): Result {
  const dtype = Object.entries(arrays).find(([, array]) => data instanceof array)?.[0];
  return { shape, dtype: dtype ?? data.constructor.name, data: data as ArrayLike<number> };
}

/** The operands by names of their own. */
const operandsOf = ({ inputs }: OracleCase) => Object.entries<OracleTensor>({ ...inputs });

function run({ kernel, inputs, attributes }: OracleCase, tensors: readonly tf.Tensor[]): tf.Tensor[] {
  const named = Array.isArray(inputs)
    ? [...tensors]
    : Object.fromEntries(Object.keys(inputs).map((name, at) => [name, tensors[at]]));
  const outputs = tf.engine().runKernel(kernel, named as tf.NamedTensorMap, attributes);
  return Array.isArray(outputs) ? outputs : [outputs];
}

/** What is wrong with results; undefined where nothing is. */
function wrong({ outputs, tolerance = 1e-5 }: OracleCase, results: readonly Result[]): string | undefined {
  if (results.length !== outputs.length) return `${results.length} results in place of ${outputs.length}`;
  for (const [at, expected] of outputs.entries()) {
    const { shape, dtype, data } = results[at];
    if (shape.join() !== expected.shape.join())
      return `shape [${shape.join()}], wanted [${expected.shape.join()}]`;
    if (dtype !== expected.dtype) return `${dtype}, wanted ${expected.dtype}`;
    if (data.length !== expected.data.length) return `${data.length} numbers, wanted ${expected.data.length}`;
    const difference = relativeDifference(data, dataOf(expected));
    if (difference > (dtype === 'float32' ? tolerance : 0)) return `wrong by ${difference}`;
  }
  return undefined;
}

function describeCase({ inputs, attributes }: OracleCase, what: string): string {
  const shapes = Object.entries(inputs).map(
    ([name, { shape, dtype }]) => `${name} ${dtype}[${shape.join()}]`,
  );
  return `${what}: ${shapes.join(' ')} ${JSON.stringify(attributes)}`;
}

function onlyTexts(values: readonly (string | undefined)[]): string[] {
  return values.filter((value) => value !== undefined);
}

it('has cases of every kernel that can be recorded', () => {
  const recorded = kernels.map(({ name }) => name);
  const untried = recorded.filter((name) => !casesOf.has(name));
  expect(
    untried,
    `no cases of ${untried.join(', ')}; write a maker in tooling/oracles/kernels.py, see docs/contributing/add-a-kernel.md`,
  ).toEqual([]);
  const unknown = [...casesOf.keys()].filter((name) => !recorded.includes(name));
  expect(
    unknown,
    `cases of ${unknown.join(', ')}, which the table of kernels lacks; add the entry to kernels/table.ts`,
  ).toEqual([]);
});

describe('eager, as corrected', () => {
  it.each([...casesOf].filter(([kernel]) => !withoutEager.includes(kernel)))('%s', (_, all) => {
    const failures = all.map((one) => {
      try {
        const results = tf.tidy(() =>
          run(
            one,
            operandsOf(one).map(([, operand]) =>
              tf.tensor(dataOf(operand), [...operand.shape], operand.dtype),
            ),
          ).map((tensor) => ({ shape: tensor.shape, dtype: tensor.dtype, data: tensor.dataSync() })),
        );
        const problem = wrong(one, results);
        return problem && describeCase(one, problem);
      } catch (error) {
        if (isGanError(error)) return undefined;
        return describeCase(one, String(error));
      }
    });
    expect(onlyTexts(failures)).toEqual([]);
  });
});

describeOnTargets('compiled', (target) => {
  it.each([...casesOf])('%s', { timeout: 120_000 }, async (_, all) => {
    expect(await failuresOf(all, target)).toEqual([]);
  });
});

/** All cases in one graph; one by one where that fails, to say which. */
async function failuresOf(all: readonly OracleCase[], target: TargetName): Promise<string[]> {
  try {
    return await runCompiled(all, target);
  } catch (error) {
    if (all.length === 1) return isGanError(error) ? [] : [describeCase(all[0], String(error).slice(0, 300))];
    const failures: string[] = [];
    for (const one of all) failures.push(...(await failuresOf([one], target)));
    return failures;
  }
}

async function runCompiled(all: readonly OracleCase[], target: TargetName): Promise<string[]> {
  const operands = all.flatMap((one, at) =>
    operandsOf(one).map(([name, operand]) => [`case${at}/${name}`, operand] as const),
  );
  const compiled = await compile(
    (tensors: Record<string, tf.Tensor>) =>
      Object.fromEntries(
        all.flatMap((one, at) =>
          run(
            one,
            operandsOf(one).map(([name]) => tensors[`case${at}/${name}`]),
          ).map((tensor, output) => [`case${at}/${output}`, tensor]),
        ),
      ),
    {
      target,
      threads: 1,
      inputs: Object.fromEntries(operands.map(([name, { shape, dtype }]) => [name, { shape, dtype }])),
    },
  );
  try {
    const results = await compiled.run(
      Object.fromEntries(operands.map(([name, operand]) => [name, dataOf(operand)])),
    );
    return onlyTexts(
      all.map((one, at) => {
        const problem = wrong(
          one,
          one.outputs.map((_, output) => asResult(results[`case${at}/${output}`])),
        );
        return problem && describeCase(one, problem);
      }),
    );
  } finally {
    compiled.dispose();
  }
}
