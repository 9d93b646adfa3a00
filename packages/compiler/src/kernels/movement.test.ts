import * as tf from '@tensorflow/tfjs-core';
import { installSecondOrderGradients, uninstallSecondOrderGradients } from '@dist-gan/gradients';
import { afterAll, beforeAll, it } from 'vitest';
import { describeOnTargets, expectLikeEager } from '../../test/against-eager.js';

type Tensors = Record<string, tf.Tensor>;

beforeAll(() => installSecondOrderGradients());
afterAll(() => uninstallSecondOrderGradients());

const wave = (length: number, phase = 0) =>
  Float32Array.from({ length }, (_, at) => Math.sin(at * 2.3 + phase) * 2);

/** Each function's value, and its gradient through a non-linear read-out, so that every element counts. */
function withGradients(functions: Readonly<Record<string, (x: tf.Tensor) => tf.Tensor>>) {
  return ({ x }: Tensors): Tensors => {
    const outputs: Tensors = {};
    for (const [name, fn] of Object.entries(functions)) {
      outputs[name] = fn(x);
      const readOut = (at: tf.Tensor) => {
        const y = fn(at);
        return tf.sum(tf.mul(tf.square(y), tf.reshape(tf.range(1, y.size + 1), y.shape)));
      };
      outputs[`${name}/gradient`] = tf.grad(readOut)(x);
    }
    return outputs;
  };
}

describeOnTargets('moving elements', (target) => {
  it('reshapes, slices, joins, repeats and pads', async () => {
    const functions: Record<string, (x: tf.Tensor) => tf.Tensor> = {
      reshape: (x) => tf.reshape(x, [4, -1]),
      expand: (x) => tf.expandDims(x, 1),
      squeeze: (x) => tf.squeeze(tf.expandDims(x, 0)),
      transpose: (x) => tf.transpose(x, [2, 0, 3, 1]),
      transposeAll: (x) => tf.transpose(x),
      slice: (x) => tf.slice(x, [0, 1, 0, 2], [2, -1, 2, 1]),
      concat: (x) => tf.concat([x, tf.mul(x, 2), x], -1),
      stack: (x) => tf.stack([x, tf.square(x)], 2),
      unstack: (x) => tf.add(tf.unstack(x, 1)[0], tf.unstack(x, 1)[2]),
      split: (x) => tf.sub(tf.split(x, [1, 3], 3)[0], tf.split(x, 2, 3)[1]),
      tile: (x) => tf.tile(x, [1, 2, 1, 3]),
      tileOnes: (x) => tf.tile(tf.sum(x, 1, true), [1, 4, 1, 1]),
      broadcast: (x) => tf.broadcastTo(tf.sum(x, [0, 2], true), [5, 3, 2, 4]),
      reverse: (x) => tf.reverse(x, [0, 2]),
      pad: (x) =>
        tf.pad(
          x,
          [
            [1, 0],
            [0, 2],
            [1, 1],
            [0, 0],
          ],
          0,
        ),
      mirror: (x) =>
        tf.mirrorPad(
          x,
          [
            [0, 1],
            [2, 1],
            [0, 0],
            [1, 2],
          ],
          'reflect',
        ),
      symmetric: (x) =>
        tf.mirrorPad(
          x,
          [
            [1, 2],
            [0, 3],
            [2, 0],
            [0, 0],
          ],
          'symmetric',
        ),
    };
    const feeds = () => ({ x: wave(48) });
    await expectLikeEager({
      target,
      fn: withGradients(functions),
      inputs: { x: { shape: [2, 3, 2, 4] } },
      feeds,
      tolerance: 2e-6,
    });
  });

  it('pads with a constant, slices with strides and moves blocks', async () => {
    const fn = ({ x }: Tensors): Tensors => ({
      pad: tf.pad(
        x,
        [
          [1, 0],
          [0, 2],
          [1, 1],
          [0, 0],
        ],
        -1.5,
      ),
      strided: tf.stridedSlice(x, [0, 3, 0, 4], [2, 0, 4, 0], [1, -2, 3, -1]),
      masked: tf.stridedSlice(x, [1, 1], [2, 3], [1, 1], 0, 0, 0, 0, 1),
      spaceToBatch: tf.spaceToBatchND(
        x as tf.Tensor4D,
        [2, 2],
        [
          [0, 0],
          [1, 1],
        ],
      ),
      batchToSpace: tf.batchToSpaceND(
        tf.tile(x, [4, 1, 1, 1]) as tf.Tensor4D,
        [2, 2],
        [
          [0, 1],
          [1, 0],
        ],
      ),
      depthToSpace: tf.depthToSpace(x as tf.Tensor4D, 2),
      flip: tf.image.flipLeftRight(x as tf.Tensor4D),
      diag: tf.diag(tf.slice(tf.reshape(x, [-1]), [0], [3])),
    });
    const feeds = () => ({ x: wave(2 * 4 * 4 * 4) });
    await expectLikeEager({ target, fn, inputs: { x: { shape: [2, 4, 4, 4] } }, feeds, tolerance: 0 });
  });

  it('makes constants', async () => {
    const fn = ({ x }: Tensors): Tensors => ({
      fill: tf.add(x, tf.fill([3], 2.5)),
      range: tf.add(x, tf.range(1, 7, 2)),
      rangeDown: tf.add(x, tf.range(3, 0)),
      linspace: tf.add(x, tf.linspace(0, 1, 3)),
      zeros: tf.add(x, tf.zerosLike(x)),
      ones: tf.onesLike(x),
      eye: tf.matMul(tf.eye(3), tf.reshape<tf.Rank.R2>(x, [3, 1])),
    });
    await expectLikeEager({
      target,
      fn,
      inputs: { x: { shape: [3] } },
      feeds: () => ({ x: wave(3) }),
      tolerance: 1e-7,
    });
  });
});

describeOnTargets('tensors of no axes, no elements, other types', (target) => {
  it('are moved and reduced like others', async () => {
    const fn = ({ scalar, none, count, flag, infinite }: Tensors): Tensors => ({
      reversed: tf.reverse(scalar),
      diagonal: tf.diag(infinite),
      countDiagonal: tf.diag(count),
      flagDiagonal: tf.diag(flag),
      any: tf.any(tf.greater(none, 0), 0),
      all: tf.all(tf.greater(none, 0), 0),
      sum: tf.sum(none, 0),
    });
    const inputs = {
      scalar: { shape: [] },
      none: { shape: [0, 3] },
      count: { shape: [2], dtype: 'int32' },
      flag: { shape: [2], dtype: 'bool' },
      infinite: { shape: [2] },
    } as const;
    const feeds = () => ({
      scalar: Float32Array.of(2.5),
      none: new Float32Array(0),
      count: Int32Array.of(3, -4),
      flag: Uint8Array.of(1, 0),
      infinite: Float32Array.of(Infinity, 2),
    });
    await expectLikeEager({ target, fn, inputs, feeds, tolerance: 0 });
  });
});

describeOnTargets('choosing elements', (target) => {
  it('leaves out segments with numbers below 0 or too large', async () => {
    await expectLikeEager({
      target,
      fn: ({ x, of }: Tensors) => ({ segments: tf.unsortedSegmentSum(x, of as tf.Tensor1D, 3) }),
      inputs: { x: { shape: [4, 2] }, of: { shape: [4], dtype: 'int32' } },
      feeds: () => ({ x: wave(8), of: Int32Array.of(1, -1, 3, 1) }),
      tolerance: 1e-6,
    });
  });

  it('gathers, scatters and makes one-hot rows', async () => {
    const fn = ({ x, at, pairs }: Tensors): Tensors => {
      const gathered = (y: tf.Tensor) => tf.gather(y, tf.cast(at, 'int32'), 1);
      const weighted = (y: tf.Tensor) => tf.sum(tf.square(gathered(y)));
      return {
        gather: gathered(x),
        gatherRows: tf.gather(x, tf.reshape<tf.Rank.R2>(at, [2, 2]), 1),
        gatherGradient: tf.grad(weighted)(x),
        gatherSecond: tf.grad((y: tf.Tensor) => tf.sum(tf.pow(tf.grad(weighted)(y), tf.scalar(2))))(x),
        batched: tf.gather(x, tf.tile(tf.reshape<tf.Rank.R2>(at, [1, 4]), [3, 1]), 1, 1),
        gatherND: tf.gatherND(x, pairs),
        scatterND: tf.scatterND(pairs, tf.gatherND(x, pairs as tf.Tensor2D), [3, 5]),
        // The CPU backend writes into the first operand, so it gets one of its own.
        update: tf.tensorScatterUpdate(tf.mul(x, 1), pairs, tf.ones([2])),
        segments: tf.unsortedSegmentSum(
          tf.transpose(x),
          tf.concat([at, tf.tensor1d([1], 'int32')]) as tf.Tensor1D,
          5,
        ),
        oneHot: tf.oneHot(at, 5),
        oneHotValues: tf.oneHot(at, 3, 2, -1),
        argMax: tf.argMax(x, 1),
        argMin: tf.argMin(x, 0),
        top: tf.topk(x, 2).values,
        topAt: tf.topk(x, 2).indices,
      };
    };
    const feeds = () => ({
      x: wave(15),
      at: Int32Array.of(4, 0, 2, 0),
      pairs: Int32Array.of(1, 2, 0, 4),
    });
    const inputs = {
      x: { shape: [3, 5] },
      at: { shape: [4], dtype: 'int32' },
      pairs: { shape: [2, 2], dtype: 'int32' },
    } as const;
    await expectLikeEager({ target, fn, inputs, feeds, tolerance: 2e-6 });
  });
});

describeOnTargets('reductions and matrices', (target) => {
  it('reduces over any axes, with gradients', async () => {
    const reductions = { sum: tf.sum, mean: tf.mean, max: tf.max, min: tf.min };
    const functions: Record<string, (x: tf.Tensor) => tf.Tensor> = {};
    for (const [name, reduce] of Object.entries(reductions)) {
      for (const axes of [[0], [1, 2], [-1], [0, 1, 2]]) {
        functions[`${name} ${axes}`] = (x) => reduce(x, axes);
        functions[`${name} ${axes} kept`] = (x) => reduce(x, axes, true);
      }
    }
    functions.cumsum = (x) => tf.cumsum(x, 1);
    functions.cumsumBack = (x) => tf.cumsum(x, 2, true, true);
    functions.moments = (x) => tf.moments(x, [0, 2]).variance;
    functions.norm = (x) => tf.norm(x, 2, 1);
    functions.logSumExp = (x) => tf.logSumExp(x, 1);
    functions.softmax = (x) => tf.softmax(x);
    functions.logSoftmax = (x) => tf.logSoftmax(x);
    const fn = (inputs: Tensors): Tensors => ({
      ...withGradients(functions)(inputs),
      prod: tf.prod(inputs.x, [0, 2]),
      all: tf.all(tf.greater(inputs.x, -1), 1),
      any: tf.any(tf.greater(inputs.x, 1), [0, 2], true),
    });
    await expectLikeEager({
      target,
      fn,
      inputs: { x: { shape: [3, 2, 4] } },
      feeds: () => ({ x: wave(24) }),
      tolerance: 3e-6,
    });
  });

  it('multiplies matrices of any rank, transposed or not, with gradients', async () => {
    const cases: { a: number[]; b: number[]; transposeA: boolean; transposeB: boolean }[] = [];
    for (const transposeA of [false, true]) {
      for (const transposeB of [false, true]) {
        // The CPU backend does not broadcast [2, 1] with [1, 3] as it should, so that is left out.
        for (const [outerA, outerB] of [
          [[], []],
          [[3], [3]],
          [
            [2, 3],
            [2, 3],
          ],
          [[1], [3]],
          [[3], [1]],
        ]) {
          const a = transposeA ? [4, 2] : [2, 4];
          const b = transposeB ? [5, 4] : [4, 5];
          cases.push({ a: [...outerA, ...a], b: [...outerB, ...b], transposeA, transposeB });
        }
      }
    }
    const sizeOf = (shape: number[]) => shape.reduce((x, y) => x * y, 1);
    const fn = ({ x }: Tensors): Tensors => {
      const outputs: Tensors = {};
      cases.forEach(({ a, b, transposeA, transposeB }, at) => {
        const left = tf.reshape(tf.slice(x, [at], [sizeOf(a)]), a);
        const right = tf.reshape(tf.slice(x, [at + 9], [sizeOf(b)]), b);
        const product = (p: tf.Tensor, q: tf.Tensor) => tf.matMul(p, q, transposeA, transposeB);
        outputs[`product ${at}`] = product(left, right);
        // TensorFlow.js has no gradient where the outer dimensions broadcast.
        if (sizeOf(a.slice(0, -2)) !== sizeOf(b.slice(0, -2))) return;
        const slopes = tf.grads((p: tf.Tensor, q: tf.Tensor) => tf.sum(tf.square(product(p, q))));
        [outputs[`left ${at}`], outputs[`right ${at}`]] = slopes([left, right]);
      });
      return outputs;
    };
    await expectLikeEager({
      target,
      fn,
      inputs: { x: { shape: [200] } },
      feeds: () => ({ x: wave(200) }),
      tolerance: 3e-6,
    });
  });

  it('contracts by equation', async () => {
    const fn = ({ x }: Tensors): Tensors => ({
      einsum: tf.einsum('bij,bjk->bik', tf.reshape(x, [2, 3, 4]), tf.reshape(x, [2, 4, 3])),
      trace: tf.einsum('ij,ji->', tf.reshape(x, [4, 6]), tf.reshape(x, [6, 4])),
    });
    await expectLikeEager({
      target,
      fn,
      inputs: { x: { shape: [24] } },
      feeds: () => ({ x: wave(24) }),
      tolerance: 2e-6,
    });
  });
});
