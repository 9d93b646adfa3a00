/** Whatever passes through int32 or bool is constant almost everywhere: its gradient is zero, and nothing throws. */
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { installSecondOrderGradients, uninstallSecondOrderGradients } from './index.js';

beforeAll(installSecondOrderGradients);
afterAll(uninstallSecondOrderGradients);

type Operation = (x: tf.Tensor) => tf.Tensor;

test.each(['int32', 'bool'] as const)('the issue of a mask cast to %s', (dtype) => {
  // d/dq sum(q cast(q)) = cast(q): 2 and -1 for int32, 1 and 1 for bool
  const wanted = dtype === 'int32' ? [2, -1] : [1, 1];
  tf.tidy(() => {
    const masked = (q: tf.Tensor) => tf.sum(tf.mul(q, tf.cast(tf.cast(q, dtype), 'float32')));
    const q = tf.tensor1d([2.7, -1.2]);
    expect([...tf.grad(masked)(q).dataSync()]).toEqual(wanted);
    // (d/dq)^2 is constant in q.
    const penalty = (x: tf.Tensor) => tf.sum(tf.square(tf.grad(masked)(x)));
    expect([...tf.grad(penalty)(q).dataSync()]).toEqual([0, 0]);
  });
});

const matrix = (x: tf.Tensor) => tf.reshape(x, [2, 2]);
const images = (x: tf.Tensor) => tf.reshape<tf.Rank.R4>(x, [1, 2, 2, 1]);
const two = () => tf.scalar(2, 'int32');

/** Every operation of the table that takes integers. */
const onIntegers: Record<string, Operation> = {
  abs: tf.abs,
  add: (x) => tf.add(x, two()),
  addN: (x) => tf.addN([x, x]),
  argMax: (x) => tf.argMax(x),
  batchToSpaceND: (x) =>
    tf.batchToSpaceND(
      tf.reshape(x, [4, 1, 1, 1]),
      [2, 2],
      [
        [0, 0],
        [0, 0],
      ],
    ),
  clipByValue: (x) => tf.clipByValue(x, -1, 2),
  concat: (x) => tf.concat([x, x]),
  cumsum: (x) => tf.cumsum(x),
  div: (x) => tf.div(x, two()),
  equal: (x) => tf.equal(x, two()),
  expandDims: (x) => tf.expandDims(x),
  flipLeftRight: (x) => tf.image.flipLeftRight(tf.cast(images(x), 'float32')),
  floorDiv: (x) => tf.floorDiv(x, two()),
  gather: (x) => tf.gather(x, tf.tensor1d([1, 1], 'int32')),
  gatherND: (x) => tf.gatherND(x, tf.tensor2d([[1], [2]], [2, 1], 'int32')),
  matMul: (x) => tf.matMul(matrix(x), matrix(x)),
  max: (x) => tf.max(x),
  maximum: (x) => tf.maximum(x, two()),
  mean: (x) => tf.mean(x),
  min: (x) => tf.min(x),
  mirrorPad: (x) => tf.mirrorPad(x, [[1, 1]], 'reflect'),
  mod: (x) => tf.mod(x, two()),
  mul: (x) => tf.mul(x, x),
  neg: tf.neg,
  oneHot: (x) => tf.oneHot(tf.abs(x), 4),
  pad: (x) => tf.pad(x, [[1, 0]]),
  pow: (x) => tf.pow(x, two()),
  prod: (x) => tf.prod(x),
  relu: tf.relu,
  reshape: matrix,
  reverse: (x) => tf.reverse(x),
  scatterND: (x) => tf.scatterND(tf.tensor2d([[3], [0], [1], [2]], [4, 1], 'int32'), x, [4]),
  sign: tf.sign,
  slice: (x) => tf.slice(x, 1, 2),
  split: (x) => tf.split(x, 2)[1],
  square: tf.square,
  squaredDifference: (x) => tf.squaredDifference(x, two()),
  stack: (x) => tf.stack([x, x]),
  stridedSlice: (x) => tf.stridedSlice(x, [0], [4], [2]),
  sub: (x) => tf.sub(x, two()),
  sum: (x) => tf.sum(x),
  tensorScatterUpdate: (x) =>
    tf.tensorScatterUpdate(x, tf.tensor2d([[1]], [1, 1], 'int32'), tf.tensor1d([5], 'int32')),
  tile: (x) => tf.tile(x, [2]),
  topk: (x) => tf.topk(x, 2).values,
  transpose: (x) => tf.transpose(matrix(x)),
  unstack: (x) => tf.unstack(matrix(x))[0],
  where: (x) => tf.where(tf.greater(x, two()), x, tf.neg(x)),
};

test.each(Object.entries(onIntegers))('%s of int32, at both orders', (_name, operation) => {
  tf.tidy(() => {
    const x = tf.tensor1d([2.7, -1.2, 0.6, 3.3]);
    const through = (q: tf.Tensor) =>
      tf.mul(tf.sum(tf.cast(operation(tf.cast(q, 'int32')), 'float32')), tf.sum(q));
    const factor = tf.sum(tf.cast(operation(tf.cast(x, 'int32')), 'float32')).dataSync()[0];
    const slope = (q: tf.Tensor) => tf.grad(through)(q);
    for (const entry of slope(x).dataSync()) expect(entry).toBeCloseTo(factor, 5);
    const second = tf.grad((q: tf.Tensor) => tf.sum(tf.square(slope(q))))(x);
    expect([...second.dataSync()].map(Math.abs)).toEqual([0, 0, 0, 0]);
  });
});
