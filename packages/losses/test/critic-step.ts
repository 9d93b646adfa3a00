/** A step of WGAN-GP under `compile()` in a process that has imported the losses, the compiler and tfjs-core with its backend only. */
import { compile, inspectTensorFlow, type TargetName } from '@dist-gan/compiler';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { succeeds } from '../../../tooling/test/succeeds.js';
import { gradientPenalty, interpolate, squaredGradient, wassersteinDiscriminatorLoss } from '../src/index.js';

// D(x) = sum over units of output * tanh(hidden^T x), of points in the plane.
const units = 3;
const hidden = [0.7, -0.4, 0.2, 0.5, 0.9, -0.8];
const output = [0.6, -1.1, 0.8];
const real = [0.9, 0.3, -0.2, 1.1];
const fake = [-0.7, 0.4, 0.1, -0.9];
const coefficients = [0.25, 0.7];
const penaltyWeight = 10;

function activations(weights: number[], x: number, y: number) {
  return output.map((_, unit) => Math.tanh(weights[unit] * x + weights[units + unit] * y));
}

function score(weights: number[], x: number, y: number): number {
  return activations(weights, x, y).reduce((sum, t, unit) => sum + weights[2 * units + unit] * t, 0);
}

/** |dD/dx|, by hand. */
function slope(weights: number[], x: number, y: number): number {
  const slopes = activations(weights, x, y).map((t, unit) => weights[2 * units + unit] * (1 - t * t));
  const along = (axis: number) =>
    slopes.reduce((sum, value, unit) => sum + value * weights[axis * units + unit], 0);
  return Math.hypot(along(0), along(1));
}

const points = (flat: number[]) => [flat.slice(0, 2), flat.slice(2, 4)] as [number, number][];
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

function adversarial(weights: number[]): number {
  const of = (samples: number[]) => mean(points(samples).map(([x, y]) => score(weights, x, y)));
  return of(fake) - of(real);
}

const between = points(real.map((value, at) => fake[at] + coefficients[at >> 1] * (value - fake[at])));

function gradientOf(loss: (weights: number[]) => number): number[] {
  const weights = [...hidden, ...output];
  const step = 1e-5;
  return weights.map(
    (value, at) => (loss(weights.with(at, value + step)) - loss(weights.with(at, value - step))) / (2 * step),
  );
}

const lossOf = (weights: number[]) =>
  adversarial(weights) +
  penaltyWeight * mean(between.map(([x, y]) => (slope(weights, x, y) - 1) ** 2)) +
  mean(points(real).map(([x, y]) => slope(weights, x, y) ** 2));

/** For one test file a target: each is to be the first that its process compiles for. */
export function testCriticStep(target: TargetName): void {
  const missing = target === 'tensorflow' && !succeeds(inspectTensorFlow);
  test.skipIf(missing)(
    'a critic runs before its penalties, with nothing else called or imported',
    async () => {
      const variables = [
        tf.variable(tf.tensor2d(hidden, [2, units])),
        tf.variable(tf.tensor2d(output, [units, 1])),
      ];
      const step = await compile(
        ({ realSamples, fakeSamples, coefficients }) => {
          const loss = () => {
            const discriminate = (x: tf.Tensor) =>
              tf.matMul(tf.tanh(tf.matMul(x, variables[0])), variables[1]);
            const critic = wassersteinDiscriminatorLoss({
              realLogits: discriminate(realSamples),
              fakeLogits: discriminate(fakeSamples),
            });
            const samples = interpolate({ realSamples, fakeSamples, coefficients });
            const penalty = gradientPenalty({ discriminate, samples }, { norm: 'l2' });
            const atReal = squaredGradient({ discriminate, samples: realSamples });
            return tf.addN<tf.Scalar>([critic, tf.mul(penaltyWeight, penalty), atReal]);
          };
          const { value, grads } = tf.variableGrads(loss, variables);
          const [first, second] = variables.map(({ name }) => grads[name]);
          return { value, first, second };
        },
        {
          target,
          inputs: {
            realSamples: { shape: [2, 2] },
            fakeSamples: { shape: [2, 2] },
            coefficients: { shape: [2, 1] },
          },
        },
      );
      const { value, first, second } = await step.run({
        realSamples: Float32Array.from(real),
        fakeSamples: Float32Array.from(fake),
        coefficients: Float32Array.from(coefficients),
      });
      expect(value.data[0]).toBeCloseTo(lossOf([...hidden, ...output]), 5);
      const gradient = [...first.data, ...second.data];
      gradientOf(lossOf).forEach((wanted, at) => expect(gradient[at], `weight ${at}`).toBeCloseTo(wanted, 4));
      step.dispose();
      tf.dispose(variables);
    },
  );
}
