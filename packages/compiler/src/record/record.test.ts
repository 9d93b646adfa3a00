import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { isGanError } from '@dist-gan/core';
import { describe, expect, it } from 'vitest';
import { record, type TensorFunction } from './record.js';

const x = { x: { shape: [2, 3] } };

function errorOf(fn: TensorFunction): Error {
  try {
    record(fn, x);
  } catch (error) {
    expect(isGanError(error, 'COMPILE_FAILED'), String(error)).toBe(true);
    expect(tf.getBackend()).toBe('cpu');
    return error as Error;
  }
  throw new Error('nothing was thrown');
}

describe('record', () => {
  it('leaves TensorFlow.js as it was', () => {
    const variable = tf.tidy(() => tf.variable(tf.tensor1d([1, 2])));
    const before = tf.memory();
    const backends = tf.engine().backendNames();
    record(({ x }) => {
      variable.assign(tf.add(variable, tf.sum(x)));
      return { y: tf.mul(variable, 2) };
    }, x);
    const after = tf.memory();
    expect([after.numTensors, after.numDataBuffers, after.numBytes]).toEqual([
      before.numTensors,
      before.numDataBuffers,
      before.numBytes,
    ]);
    expect(Array.from(variable.dataSync())).toEqual([1, 2]);
    expect(tf.getBackend()).toBe('cpu');
    expect(tf.engine().backendNames()).toEqual(backends);
    variable.dispose();
  });

  it('tells variables apart that share their content', () => {
    const [a, b] = tf.tidy(() => {
      const zeros = tf.zeros([2]);
      return [tf.variable(zeros), tf.variable(zeros)];
    });
    const { variables } = record(({ x }) => {
      a.assign(tf.add(a, 1));
      return { y: tf.add(tf.sum(x), b) };
    }, x);
    const changed = variables.filter(({ before, after }) => before !== after).map(({ variable }) => variable);
    expect(changed).toEqual([a]);
    a.dispose();
    b.dispose();
  });

  it('refuses a promise of a value, and leaves none that is rejected with nobody waiting', async () => {
    const rejected: unknown[] = [];
    const listener = (reason: unknown) => rejected.push(reason);
    process.on('unhandledRejection', listener);
    const { message } = errorOf(({ x }) => {
      void x.data();
      return { y: x };
    });
    await new Promise((resolve) => setTimeout(resolve));
    process.off('unhandledRejection', listener);
    expect(message).toContain('the input "x"');
    expect(rejected).toEqual([]);
  });

  it('says that a tensor was disposed', () => {
    const disposed = tf.tidy(() => tf.ones([2, 3]));
    disposed.dispose();
    for (const fn of [
      ({ x }) => ({ y: tf.add(x, disposed) }),
      ({ x }) => {
        const y = tf.neg(x);
        y.dispose();
        return { y };
      },
    ] as TensorFunction[])
      expect(errorOf(fn).message).toMatch(/a tensor of shape \[2, 3\] is used after it was disposed/);
  });

  it('refuses to read a value, and says what to do', () => {
    const { message } = errorOf(({ x }) => ({ y: tf.sum(x).dataSync()[0] > 0 ? x : tf.neg(x) }));
    expect(message).toContain('computed by Sum');
    expect(message).toContain('tf.where');
    expect(errorOf(({ x }) => ({ y: tf.scalar(x.arraySync() as unknown as number) })).message).toContain(
      'the input "x"',
    );
  });

  it('lets constants be read', () => {
    const { outputs } = record(({ x }) => ({ y: tf.mul(x, tf.scalar(3).dataSync()[0]) }), x);
    expect(outputs[0].value.shape).toEqual([2, 3]);
  });

  it('refuses random numbers, made in JavaScript or by a kernel', () => {
    expect(errorOf(({ x }) => ({ y: tf.add(x, tf.randomNormal([2, 3])) })).message).toMatch(
      /first used by Add.*random numbers/,
    );
    expect(errorOf(({ x }) => ({ y: tf.dropout(x, 0.5) })).message).toContain('pass it as an input');
    expect(errorOf(({ x }) => ({ y: tf.multinomial(x as tf.Tensor2D, 2) })).message).toContain(
      'draws random numbers',
    );
  });

  it('refuses what changes from call to call', () => {
    let calls = 0;
    expect(errorOf(({ x }) => ({ y: ++calls % 2 ? tf.neg(x) : tf.abs(x) })).message).toContain(
      'another path',
    );
    expect(errorOf(({ x }) => ({ y: tf.mul(x, ++calls) })).message).toContain('has other values');
  });

  it('refuses variables made inside', () => {
    const count = Object.keys(tf.engine().registeredVariables).length;
    const { message } = errorOf(({ x }) => ({ y: tf.add(x, tf.variable(tf.ones([3]), true, 'inside')) }));
    expect(message).toContain('inside');
    expect(message).toContain('before compile()');
    expect(Object.keys(tf.engine().registeredVariables).length).toBe(count);
  });

  it('names a kernel that has no entry', () => {
    expect(errorOf(({ x }) => ({ y: tf.real(tf.fft(tf.complex(x, x))) })).message).toMatch(
      /Complex|complex64/,
    );
    expect(errorOf(({ x }) => ({ y: tf.unique(tf.reshape(x, [6])).values })).message).toMatch(
      /kernel Unique has no entry.*docs\/contributing\/add-a-kernel\.md/,
    );
  });

  it('refuses async functions and outputs that are not named tensors', () => {
    expect(errorOf((async ({ x }: Record<string, tf.Tensor>) => ({ x })) as never).message).toContain(
      'async',
    );
    expect(errorOf((({ x }: Record<string, tf.Tensor>) => x) as never).message).toContain('named tensors');
    expect(errorOf(() => ({ y: 3 as never })).message).toContain('"y" is not a tensor');
    expect(errorOf(({ x }) => ({ x: tf.square(x) })).message).toContain(
      'an input and an output are both called "x"',
    );
  });

  it('passes errors of the function on as they are', () => {
    expect(() =>
      record(() => {
        throw new RangeError('mine');
      }, x),
    ).toThrow(RangeError);
    expect(() => record(({ x }) => ({ y: tf.matMul(x, x) }), x)).toThrow(/do not fit/);
  });

  it('records a layer with as many operations however many there are', () => {
    const [few, more, most] = [10, 20, 30].map((layers) => {
      const model = tfl.sequential();
      for (let at = 0; at < layers; at++)
        model.add(tfl.layers.dense({ units: 8, inputShape: at === 0 ? [3] : undefined, activation: 'tanh' }));
      const { builder } = record(({ x }) => ({ y: model.apply(x) as tf.Tensor }), x);
      model.dispose();
      return builder.values.length;
    });
    expect(more).toBeGreaterThan(few);
    expect(most - more).toBe(more - few);
  });
});
