import * as tf from '@tensorflow/tfjs-core';
import { installSecondOrderGradients, uninstallSecondOrderGradients } from '@dist-gan/gradients';
import fc from 'fast-check';
import { afterAll, beforeAll, it } from 'vitest';
import { describeOnTargets, expectLikeEager } from '../../test/against-eager.js';

type Unary = (x: tf.Tensor) => tf.Tensor;
type Binary = (a: tf.Tensor, b: tf.Tensor) => tf.Tensor;

beforeAll(() => installSecondOrderGradients());
afterAll(() => uninstallSecondOrderGradients());

/** Value, gradient and gradient of the squared gradient of every function, as outputs of one compiled function. */
function derivatives(functions: Readonly<Record<string, Unary>>, order: 0 | 1 | 2) {
  return ({ x }: Record<string, tf.Tensor>): Record<string, tf.Tensor> => {
    const outputs: Record<string, tf.Tensor> = {};
    for (const [name, fn] of Object.entries(functions)) {
      const slope = tf.grad((at: tf.Tensor) => tf.sum(tf.mul(fn(at), tf.cos(at))));
      outputs[name] = fn(x);
      if (order >= 1) outputs[`${name}/first`] = slope(x);
      if (order >= 2) outputs[`${name}/second`] = tf.grad((at: tf.Tensor) => tf.sum(tf.square(slope(at))))(x);
    }
    return outputs;
  };
}

const range = (low: number, high: number, count = 24) =>
  Float32Array.from({ length: count }, (_, at) => low + ((high - low) * at) / (count - 1));

describeOnTargets('functions of one tensor', (target) => {
  const twiceDifferentiable: Record<string, Unary> = {
    abs: tf.abs,
    cos: tf.cos,
    sin: tf.sin,
    elu: tf.elu,
    erf: tf.erf,
    exp: tf.exp,
    expm1: tf.expm1,
    leakyRelu: (x) => tf.leakyRelu(x, 0.2),
    neg: tf.neg,
    relu: tf.relu,
    relu6: tf.relu6,
    selu: tf.selu,
    sigmoid: tf.sigmoid,
    softplus: tf.softplus,
    square: tf.square,
    tanh: tf.tanh,
    clip: (x) => tf.clipByValue(x, -1, 2),
    prelu: (x) => tf.prelu(x, tf.scalar(0.3)),
  };

  it('on both sides of zero, with first and second gradients', async () => {
    const feeds = () => ({ x: range(-3, 8.1) });
    await expectLikeEager({
      target,
      fn: derivatives(twiceDifferentiable, 2),
      inputs: { x: { shape: [24] } },
      feeds,
      tolerance: 3e-6,
    });
  });

  it('at and near zero', async () => {
    const zero = ({ x }: Record<string, tf.Tensor>) => ({
      step: tf.step(x),
      leakyStep: tf.step(x, 0.25),
      relu: tf.grad((at: tf.Tensor) => tf.relu(at))(x),
      leakyRelu: tf.grad((at: tf.Tensor) => tf.leakyRelu(at, 0.2))(x),
      sign: tf.sign(x),
      log1p: tf.mul(tf.log1p(x), 1e8),
      expm1: tf.mul(tf.expm1(x), 1e8),
    });
    const x = Float32Array.of(0, -0, 1e-30, -1e-30, 1.2e-38, 1e-8, -1e-8, 1e-4, -1e-4, 3e38);
    await expectLikeEager({
      target,
      fn: zero,
      inputs: { x: { shape: [10] } },
      feeds: () => ({ x }),
      tolerance: 1e-6,
    });
  });

  it('of a logit that is far below zero: a probability that is as precise as others, its logarithm and slopes', async () => {
    const logProbability: Unary = (x) => tf.log(tf.sigmoid(x));
    await expectLikeEager({
      target,
      fn: ({ x }) => ({
        // The closed form is 1 / (1 + exp(x)), for the last one, too.
        relative: tf.mul(tf.sigmoid(x), tf.exp(tf.neg(x))),
        logProbability: logProbability(x),
        slope: tf.grad(logProbability)(x),
        softplus: tf.mul(tf.grad(tf.softplus)(x), tf.exp(tf.neg(x))),
      }),
      inputs: { x: { shape: [24] } },
      feeds: () => ({ x: range(-80, 3) }),
      tolerance: 1e-6,
    });
  });

  it('on positive numbers, with first and second gradients', async () => {
    const positive: Record<string, Unary> = {
      log: tf.log,
      log1p: tf.log1p,
      sqrt: tf.sqrt,
      rsqrt: tf.rsqrt,
      reciprocal: tf.reciprocal,
      atan: tf.atan,
      asinh: tf.asinh,
      acosh: (x) => tf.acosh(tf.add(x, 1)),
    };
    const feeds = () => ({ x: range(0.3, 5) });
    await expectLikeEager({
      target,
      fn: derivatives(positive, 2),
      inputs: { x: { shape: [24] } },
      feeds,
      tolerance: 3e-6,
    });
  });

  it('on (-1, 1) and without useful gradients', async () => {
    const others: Record<string, Unary> = {
      acos: tf.acos,
      asin: tf.asin,
      atanh: tf.atanh,
      tan: tf.tan,
      sinh: tf.sinh,
      cosh: tf.cosh,
      ceil: tf.ceil,
      floor: tf.floor,
      sign: tf.sign,
    };
    const feeds = () => ({ x: range(-0.93, 0.95) });
    await expectLikeEager({
      target,
      fn: derivatives(others, 1),
      inputs: { x: { shape: [24] } },
      feeds,
      tolerance: 3e-6,
    });
    const rounds = ({ x }: Record<string, tf.Tensor>) => ({ round: tf.round(tf.mul(x, 2)) });
    const halves = () => ({ x: range(-3, 3, 25) });
    await expectLikeEager({
      target,
      fn: rounds,
      inputs: { x: { shape: [25] } },
      feeds: halves,
      tolerance: 0,
    });
  });

  it('on infinities and NaN', async () => {
    const special = ({ x }: Record<string, tf.Tensor>) => ({
      isNaN: tf.isNaN(x),
      isInf: tf.isInf(x),
      isFinite: tf.isFinite(x),
      not: tf.logicalNot(tf.isFinite(x)),
    });
    const x = Float32Array.of(NaN, Infinity, -Infinity, 0, 1);
    await expectLikeEager({
      target,
      fn: special,
      inputs: { x: { shape: [5] } },
      feeds: () => ({ x }),
      tolerance: 0,
    });
  });
});

const binary: Record<string, Binary> = {
  add: tf.add,
  sub: tf.sub,
  mul: tf.mul,
  div: tf.div,
  maximum: tf.maximum,
  minimum: tf.minimum,
  squaredDifference: tf.squaredDifference,
  pow: (a, b) => tf.pow(tf.add(tf.abs(a), 0.5), b),
  atan2: tf.atan2,
  mod: tf.mod,
  floorDiv: tf.floorDiv,
  equal: tf.equal,
  notEqual: tf.notEqual,
  greater: tf.greater,
  greaterEqual: tf.greaterEqual,
  less: tf.less,
  lessEqual: tf.lessEqual,
  and: (a, b) => tf.logicalAnd(tf.greater(a, 0), tf.greater(b, 0)),
  or: (a, b) => tf.logicalOr(tf.greater(a, 0), tf.greater(b, 0)),
  xor: (a, b) => tf.logicalXor(tf.greater(a, 0), tf.greater(b, 0)),
  where: (a, b) => tf.where(tf.greater(a, b), a, b),
};

/** Two shapes that broadcast: each axis of either may be 1, and leading axes may be missing. */
const broadcastingShapes = fc
  .array(fc.record({ size: fc.integer({ min: 1, max: 4 }), oneInA: fc.boolean(), oneInB: fc.boolean() }), {
    maxLength: 4,
  })
  .chain((axes) => fc.tuple(fc.constant(axes), fc.nat(axes.length), fc.nat(axes.length), fc.boolean()))
  .map(([axes, dropA, dropB, inA]) => ({
    a: axes.map(({ size, oneInA }) => (oneInA ? 1 : size)).slice(inA ? dropA : 0),
    b: axes.map(({ size, oneInB }) => (oneInB ? 1 : size)).slice(inA ? 0 : dropB),
  }));

const sizeOf = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);
const wave = (length: number, phase: number) =>
  Float32Array.from({ length }, (_, at) => 3 * Math.sin(at * 2.3 + phase) + 0.01);

describeOnTargets('functions of two tensors', (target) => {
  it('broadcast like TensorFlow.js, values and gradients', async () => {
    await fc.assert(
      fc.asyncProperty(broadcastingShapes, async ({ a, b }) => {
        const differentiable = ['add', 'sub', 'mul', 'div', 'maximum', 'minimum', 'squaredDifference', 'pow'];
        const fn = (inputs: Record<string, tf.Tensor>) => {
          const outputs: Record<string, tf.Tensor> = {};
          for (const [name, operation] of Object.entries(binary))
            outputs[name] = operation(inputs.a, inputs.b);
          for (const name of differentiable) {
            const slopes = tf.grads((x: tf.Tensor, y: tf.Tensor) => tf.sum(tf.square(binary[name](x, y))));
            [outputs[`${name}/a`], outputs[`${name}/b`]] = slopes([inputs.a, inputs.b]);
          }
          return outputs;
        };
        const feeds = () => ({ a: wave(sizeOf(a), 0.3), b: wave(sizeOf(b), 1.1) });
        await expectLikeEager({
          target,
          fn,
          inputs: { a: { shape: a }, b: { shape: b } },
          feeds,
          tolerance: 3e-6,
        });
      }),
      { numRuns: 8, seed: 4 },
    );
  });

  it('mod by much larger numbers, atan2 of a negative zero', async () => {
    const fn = ({ a, b, zero }: Record<string, tf.Tensor>) => ({
      mod: tf.mul(tf.mod(a, b), 1000),
      atan2: tf.atan2(a, zero),
    });
    const inputs = { a: { shape: [4] }, b: { shape: [4] }, zero: { shape: [4] } };
    const feeds = () => ({
      a: Float32Array.of(1e-3, 7e-3, -2e-3, 5e-3),
      b: Float32Array.of(1000, 1e6, -1000, Infinity),
      zero: Float32Array.of(-0, 0, -0, 0),
    });
    await expectLikeEager({ target, fn, inputs, feeds, tolerance: 1e-6 });
  });

  it('on integers and booleans', async () => {
    const fn = ({ a, b, flag }: Record<string, tf.Tensor>) => ({
      add: tf.add(a, b),
      sub: tf.sub(a, b),
      mul: tf.mul(a, b),
      div: tf.div(a, b),
      floorDiv: tf.floorDiv(a, b),
      mod: tf.mod(a, b),
      maximum: tf.maximum(a, b),
      minimum: tf.minimum(a, b),
      equal: tf.equal(a, b),
      less: tf.less(a, b),
      abs: tf.abs(a),
      neg: tf.neg(a),
      sign: tf.sign(a),
      relu: tf.relu(a),
      square: tf.square(a),
      clip: tf.clipByValue(a, -3, 4),
      bitwiseAnd: tf.bitwiseAnd(tf.abs(a), tf.abs(b)),
      toFloat: tf.cast(a, 'float32'),
      toBool: tf.cast(a, 'bool'),
      toInt: tf.cast(tf.div(tf.cast(a, 'float32'), 3), 'int32'),
      exp: tf.exp(a),
      mixed: tf.add(a, 0.5),
      flagToFloat: tf.cast(flag, 'float32'),
      flagged: tf.where(flag, a, b),
      flaggedMixed: tf.where(flag, a, 0.5),
      flaggedMixedBack: tf.where(flag, tf.equal(a, b), a),
      flags: tf.where(flag, tf.equal(a, b), tf.less(a, b)),
      sameFlag: tf.equal(flag, tf.less(a, b)),
      count: tf.sum(flag),
      all: tf.all(flag),
      any: tf.any(flag),
    });
    const feeds = () => ({
      a: Int32Array.of(-7, 7, 0, 5, -5, 100),
      b: Int32Array.of(3, -3, 4, 5, -2, 7),
      flag: Uint8Array.of(1, 0, 1, 0, 1, 1),
    });
    const inputs = {
      a: { shape: [6], dtype: 'int32' },
      b: { shape: [6], dtype: 'int32' },
      flag: { shape: [6], dtype: 'bool' },
    } as const;
    await expectLikeEager({ target, fn, inputs, feeds, tolerance: 1e-6 });
  });
});
