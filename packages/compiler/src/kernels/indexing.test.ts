import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { describeOnTargets } from '../../test/against-eager.js';
import { compile } from '../compile/compile.js';

const table = () => tf.tensor2d([1, 2, 3, 4, 5, 6], [3, 2]);

/** What is done with indices, and some that are right, followed by those that TensorFlow.js refuses. */
const cases = [
  {
    name: 'gather',
    use: (at: tf.Tensor) => tf.gather(table(), tf.reshape(at, [2])),
    wrong: [
      [-1, 0],
      [0, 3],
    ],
  },
  {
    name: 'gather of the second axis',
    use: (at: tf.Tensor) => tf.gather(table(), tf.reshape(at, [2]), 1),
    wrong: [
      [-2, 0],
      [0, 2],
    ],
  },
  {
    name: 'gather in batches',
    use: (at: tf.Tensor) => tf.gather(tf.reshape(table(), [2, 3]), tf.reshape(at, [2, 1]), 1, 1),
    wrong: [
      [0, -1],
      [3, 0],
      [-1, 0],
      [0, 3],
    ],
  },
  {
    name: 'gatherND',
    use: (at: tf.Tensor) => tf.gatherND(table(), tf.reshape(at, [1, 2])),
    wrong: [
      [-1, 0],
      [0, -1],
      [3, 0],
    ],
  },
  {
    name: 'scatterND',
    use: (at: tf.Tensor) => tf.scatterND(tf.reshape(at, [2, 1]), tf.tensor2d([1, 2, 3, 4], [2, 2]), [3, 2]),
    wrong: [
      [-1, 0],
      [0, 3],
    ],
  },
  {
    name: 'tensorScatterUpdate',
    use: (at: tf.Tensor) =>
      tf.tensorScatterUpdate(table(), tf.reshape(at, [2, 1]), tf.tensor2d([7, 8, 9, 10], [2, 2])),
    wrong: [
      [-1, 0],
      [0, 3],
    ],
  },
];

describeOnTargets('indices', (target) => {
  it.each(cases)(
    'that are none of the operand are refused, as by TensorFlow.js: $name',
    async ({ use, wrong }) => {
      const compiled = await compile(({ at }) => ({ taken: use(at) }), {
        target,
        inputs: { at: { shape: [2], dtype: 'int32' } },
      });
      for (const indices of wrong) {
        expect(() => tf.tidy(() => use(tf.tensor1d(indices, 'int32'))), String(indices)).toThrow();
        const run = compiled.run({ at: Int32Array.from(indices) });
        await expect(
          run.then(({ taken }) => [...taken.data]),
          String(indices),
        ).rejects.toThrow();
      }
      compiled.dispose();
    },
  );
});
