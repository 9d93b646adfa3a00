import { BackendError } from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { againstEager } from './against-eager.js';
import type { Compile, Elements } from './compile.js';
import { relativeDifference } from './relative-difference.js';

interface Faults {
  readonly error?: number;
  readonly forgetsVariables?: boolean;
  readonly otherType?: boolean;
  readonly more?: boolean;
}

/** Runs a function as TensorFlow.js does, but for its faults; the target is ONNX Runtime. */
function compileWith({ error = 0, forgetsVariables, otherType, more }: Faults): Compile {
  return (fn, { inputs, target }) => {
    if (target !== 'onnx') return Promise.reject(new BackendError('no such engine', target));
    const variables = Object.values(tf.engine().registeredVariables);
    const before = variables.map((variable) => variable.dataSync().slice());
    const run = (feeds: Readonly<Record<string, Elements>>) =>
      tf.tidy(() => {
        const tensors = Object.entries(inputs).map(
          ([name, { shape }]) => [name, tf.tensor(feeds[name], [...shape])] as const,
        );
        const outputs = Object.entries(fn(Object.fromEntries(tensors))).map(([name, tensor]) => {
          const numbers = tf.add(tensor, error).dataSync<'float32'>();
          const data = otherType ? Int32Array.from(numbers) : numbers;
          return [name, { data, shape: tensor.shape }] as const;
        });
        return Object.fromEntries(more ? [...outputs, ['more', outputs[0][1]]] : outputs);
      });
    return Promise.resolve({
      run: (feeds) => Promise.resolve(run(feeds)),
      readVariables: () => {
        if (forgetsVariables)
          variables.forEach((variable, at) =>
            tf.tidy(() => variable.assign(tf.tensor(before[at], variable.shape))),
          );
        return Promise.resolve();
      },
      dispose: () => undefined,
    });
  };
}

/** Compares y = x + w, w <- factor w. */
async function compare(faults: Faults, tolerance?: number, factor = 2): Promise<void> {
  const w = tf.tidy(() => tf.variable(tf.tensor1d([1, -2])));
  try {
    const { expectLikeEager } = await againstEager(compileWith(faults));
    await expectLikeEager({
      target: 'onnx',
      inputs: { x: { shape: [2] } },
      fn: ({ x }) => {
        const y = tf.add(x, w);
        w.assign(tf.mul(w, factor));
        return { y };
      },
      feeds: (call) => ({ x: Float32Array.of(call, 3) }),
      variables: [w],
      calls: 2,
      tolerance,
    });
  } finally {
    w.dispose();
  }
}

describe('expectLikeEager', () => {
  it('is content with the same outputs and variables', async () => {
    await compare({});
    await compare({ error: 1e-3 }, 1e-2);
  });

  it('names an output that differs', async () => {
    await expect(compare({ error: 1e-3 })).rejects.toThrow('output y, call 0');
  });

  it('finds another type, and an output that eagerly is not there', async () => {
    await expect(compare({ otherType: true })).rejects.toThrow('elements of y, float32');
    await expect(compare({ more: true })).rejects.toThrow('names of the outputs');
  });

  it('compares no variables that stay as they are', async () => {
    await expect(compare({}, undefined, 1)).rejects.toThrow('of which the function is to change some');
  });

  it('names a variable that differs', async () => {
    await expect(compare({ forgetsVariables: true })).rejects.toThrow(/variable \w+/);
  });
});

describe('againstEager', () => {
  it('leaves out the target whose engine is not there, and hides no other error', async () => {
    expect((await againstEager(compileWith({}))).tensorFlowIsHere).toBe(false);
    const broken = () => Promise.reject(new Error('a bug'));
    await expect(againstEager(broken)).rejects.toThrow('a bug');
  });
});

it('relativeDifference is a part of the largest element, or of 1', () => {
  expect(relativeDifference([100, 1], [100, 2])).toBeCloseTo(0.01, 12);
  expect(relativeDifference([0.5], [0.25])).toBe(0.25);
  expect(relativeDifference([Infinity, NaN], [Infinity, NaN])).toBe(0);
  expect(relativeDifference([NaN], [1])).toBe(Infinity);
  expect(relativeDifference([1, 2, 3], [1, 2])).toBe(Infinity);
});
