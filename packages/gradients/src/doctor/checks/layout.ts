import * as tf from '@tensorflow/tfjs-core';
import { type OperationCheck, argument, spread } from '../operation-check.js';
import { layoutCheck } from './define-checks.js';

const matrix = spread([2, 3], -1, 1);
const blocks = spread([1, 2, 4, 1], -1, 1);

/** A copy is reversed: the array itself belongs to the tape. */
function concatReversed(tensors: readonly tf.Tensor[], axis: number): tf.Tensor {
  return tf.concat([...tensors].reverse(), axis);
}

export const layoutChecks: readonly OperationCheck[] = [
  layoutCheck('identity', matrix, tf.clone, [0, 1, 2, 3, 4, 5]),
  layoutCheck('cast', matrix, (x) => tf.cast(x, 'float32'), [0, 1, 2, 3, 4, 5]),
  layoutCheck('reshape', matrix, (x) => tf.reshape(x, [3, 2]), [0, 1, 2, 3, 4, 5]),
  layoutCheck('expandDims', matrix, (x) => tf.expandDims(x, 1), [0, 1, 2, 3, 4, 5]),
  layoutCheck('transpose', matrix, (x) => tf.transpose(x), [0, 3, 1, 4, 2, 5]),
  layoutCheck('reverse', matrix, (x) => tf.reverse(x, 1), [2, 1, 0, 5, 4, 3]),
  layoutCheck('slice', matrix, (x) => tf.slice(x, [0, 1], [2, 2]), [1, 2, 4, 5]),
  layoutCheck(
    'concat',
    matrix,
    (x) => tf.concat([x, tf.neg(tf.neg(x))], 1),
    [0, 1, 2, 0, 1, 2, 3, 4, 5, 3, 4, 5],
  ),
  layoutCheck('split', matrix, (x) => concatReversed(tf.split(x, [1, 2], 1), 1), [1, 2, 0, 4, 5, 3]),
  layoutCheck('stack', matrix, (x) => tf.stack([x, x], 1), [0, 1, 2, 0, 1, 2, 3, 4, 5, 3, 4, 5]),
  layoutCheck('unstack', matrix, (x) => concatReversed(tf.unstack(x, 0), 0), [3, 4, 5, 0, 1, 2]),
  layoutCheck(
    'pad',
    matrix,
    (x) =>
      tf.pad(x, [
        [0, 0],
        [1, 2],
      ]),
    [null, 0, 1, 2, null, null, null, 3, 4, 5, null, null],
  ),
  layoutCheck(
    'mirrorPad (reflect)',
    matrix,
    (x) =>
      tf.mirrorPad(
        x,
        [
          [1, 0],
          [2, 1],
        ],
        'reflect',
      ),
    [5, 4, 3, 4, 5, 4, 2, 1, 0, 1, 2, 1, 5, 4, 3, 4, 5, 4],
  ),
  layoutCheck(
    'mirrorPad (symmetric)',
    matrix,
    (x) =>
      tf.mirrorPad(
        x,
        [
          [0, 1],
          [2, 1],
        ],
        'symmetric',
      ),
    [1, 0, 0, 1, 2, 2, 4, 3, 3, 4, 5, 5, 4, 3, 3, 4, 5, 5],
  ),
  layoutCheck(
    'tile',
    spread([2, 2], -1, 1),
    (x) => tf.tile(x, [2, 2]),
    [0, 1, 0, 1, 2, 3, 2, 3, 0, 1, 0, 1, 2, 3, 2, 3],
  ),
  layoutCheck('broadcastTo', spread([3], -1, 1), (x) => tf.broadcastTo(x, [2, 3]), [0, 1, 2, 0, 1, 2]),
  layoutCheck(
    'gather (rows)',
    matrix,
    (x) => tf.gather(x, tf.tensor1d([1, 0, 1], 'int32')),
    [3, 4, 5, 0, 1, 2, 3, 4, 5],
  ),
  layoutCheck(
    'gather (columns)',
    matrix,
    (x) => tf.gather(x, tf.tensor1d([2, 0, 2], 'int32'), 1),
    [2, 0, 2, 5, 3, 5],
  ),
  layoutCheck(
    'gather (batched)',
    matrix,
    (x) =>
      tf.gather(
        x,
        tf.tensor2d(
          [
            [2, 0],
            [1, 1],
          ],
          [2, 2],
          'int32',
        ),
        1,
        1,
      ),
    [2, 0, 4, 4],
  ),
  layoutCheck(
    'gatherND',
    matrix,
    (x) =>
      tf.gatherND(
        x,
        tf.tensor2d(
          [
            [1, 2],
            [0, 1],
            [1, 2],
          ],
          [3, 2],
          'int32',
        ),
      ),
    [5, 1, 5],
  ),
  {
    operation: 'scatterND',
    arguments: [argument([3], [0.4, -0.7, 1.1])],
    penalised: 0,
    forward: (x) => tf.scatterND(tf.tensor2d([[2], [0], [2]], [3, 1], 'int32'), x, [4]),
    reference: ([a, b, c]) => [b, 0, a + c, 0],
  },
  layoutCheck(
    'depthToSpace',
    spread([1, 1, 2, 4], -1, 1),
    (x) => tf.depthToSpace(x as tf.Tensor4D, 2),
    [0, 1, 4, 5, 2, 3, 6, 7],
  ),
  layoutCheck(
    'spaceToBatchND',
    blocks,
    (x) =>
      tf.spaceToBatchND(
        x,
        [2, 2],
        [
          [0, 0],
          [0, 0],
        ],
      ),
    [0, 2, 1, 3, 4, 6, 5, 7],
  ),
  layoutCheck(
    'batchToSpaceND',
    spread([4, 1, 2, 1], -1, 1),
    (x) =>
      tf.batchToSpaceND(
        x,
        [2, 2],
        [
          [0, 0],
          [0, 0],
        ],
      ),
    [0, 2, 1, 3, 4, 6, 5, 7],
  ),
  layoutCheck(
    'stridedSlice',
    spread([3, 4], -1, 1),
    (x) => tf.stridedSlice(x, [2, 3], [0, -5], [-1, -2], 0, 2),
    [11, 9, 7, 5],
  ),
  layoutCheck(
    'stridedSlice (one row)',
    spread([2, 5], -1, 1),
    (x) => tf.stridedSlice(x, [1, 1], [2, 5], [1, 3], 0, 0, 0, 0, 1),
    [6, 9],
  ),
  layoutCheck(
    'flipLeftRight',
    spread([1, 2, 2, 2], -1, 1),
    (x) => tf.image.flipLeftRight(x as tf.Tensor4D),
    [2, 3, 0, 1, 6, 7, 4, 5],
  ),
  // Distinct entries at least 0.5 apart, so that none changes place.
  layoutCheck(
    'topk',
    argument([2, 3], [0.4, -0.7, 1.1, 0.9, 1.6, 0.2]),
    (x) => tf.topk(x, 2).values,
    [2, 0, 4, 3],
  ),
  ...[0, 1].map((penalised): OperationCheck => ({
    operation: `tensorScatterUpdate (${penalised === 0 ? 'tensor' : 'updates'})`,
    arguments: [argument([4], [0.4, -0.7, 1.1, 0.9]), argument([2], [1.3, -0.5])],
    penalised,
    forward: (x, updates) => tf.tensorScatterUpdate(x, tf.tensor2d([[2], [0]], [2, 1], 'int32'), updates),
    reference: (x, updates) => [updates[1], x[1], updates[0], x[3]],
  })),
];
