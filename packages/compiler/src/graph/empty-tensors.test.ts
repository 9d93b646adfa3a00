import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { describeOnTargets } from '../../test/against-eager.js';
import { compile } from '../compile/compile.js';

/** Engines do not broadcast one matrix to none, nor cut nothing into rows. */
describeOnTargets('tensors without elements', (target) => {
  it('are made and summed', async () => {
    const step = await compile(
      ({ one, none, rows }) => ({
        product: tf.matMul(one, none),
        of: tf.matMul(none, tf.ones([1, 4, 2])),
        sum: tf.sum(rows, [0, 1]),
        all: tf.all(tf.cast(rows, 'bool'), [0, 1], true),
      }),
      {
        target,
        threads: 1,
        inputs: { one: { shape: [1, 3, 1] }, none: { shape: [0, 1, 4] }, rows: { shape: [4, 0, 3] } },
      },
    );
    const { product, of, sum, all } = await step.run({
      one: Float32Array.of(1, 2, 3),
      none: new Float32Array(0),
      rows: new Float32Array(0),
    });
    step.dispose();
    expect([product.shape, product.data.length]).toEqual([[0, 3, 4], 0]);
    expect([of.shape, of.data.length]).toEqual([[0, 1, 2], 0]);
    expect([...sum.data]).toEqual([0, 0, 0]);
    expect([all.shape, [...all.data]]).toEqual([
      [1, 1, 3],
      [1, 1, 1],
    ]);
  });
});
