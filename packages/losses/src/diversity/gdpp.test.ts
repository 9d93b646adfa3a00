import { compile, inspectTensorFlow } from '@dist-gan/compiler';
import * as tf from '@tensorflow/tfjs-core';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { succeeds } from '../../../../tooling/test/succeeds.js';
import { gdpp } from './gdpp.js';

/** What NumPy makes of it in float64: tooling/oracles/gdpp.py. */
interface Case {
  readonly title: string;
  readonly shape: [number, number];
  readonly real: number[][];
  readonly fake: number[][];
  readonly loss: number;
  readonly realGradient?: number[][];
  readonly fakeGradient?: number[][];
}

const cases = JSON.parse(
  readFileSync(new URL('../../test/gdpp-vectors.json', import.meta.url), 'utf8'),
) as Case[];
const compiledCases = [cases[2], cases[5]];

/** The loss with its gradients, as a function of tensors. */
function everything({ real, fake }: Record<string, tf.Tensor>): Record<string, tf.Tensor> {
  const { value, grads } = tf.valueAndGrads((realFeatures: tf.Tensor, fakeFeatures: tf.Tensor) =>
    gdpp({ realFeatures, fakeFeatures }),
  )([real, fake]);
  return { loss: value, realGradient: grads[0], fakeGradient: grads[1] };
}

function expectClose(computed: ArrayLike<number>, wanted: readonly number[], name: string): void {
  const largest = Math.max(...wanted.map(Math.abs));
  expect(computed).toHaveLength(wanted.length);
  wanted.forEach((value, i) =>
    expect(Math.abs(computed[i] - value), `${name}, entry ${i}: ${computed[i]} beside ${value}`).toBeLessThan(
      5e-6 + 2e-5 * largest,
    ),
  );
}

function expectAsInNumPy(
  computed: Record<string, ArrayLike<number>>,
  { loss, realGradient, fakeGradient }: Case,
): void {
  expectClose(computed.loss, [loss], 'loss');
  if (realGradient) expectClose(computed.realGradient, realGradient.flat(), 'gradient of real features');
  if (fakeGradient) expectClose(computed.fakeGradient, fakeGradient.flat(), 'gradient of fake features');
}

describe('gdpp', () => {
  it.each(cases)('is what NumPy makes of it: $title', (vector) => {
    const computed = tf.tidy(() =>
      Object.entries(everything({ real: tf.tensor2d(vector.real), fake: tf.tensor2d(vector.fake) })).map(
        ([name, tensor]) => [name, tensor.dataSync()] as const,
      ),
    );
    expectAsInNumPy(Object.fromEntries(computed), vector);
  });

  for (const target of ['onnx', 'tensorflow'] as const) {
    const missing = target === 'tensorflow' && !succeeds(inspectTensorFlow);
    it.skipIf(missing).each(compiledCases)(`is the same compiled for ${target}: $title`, async (vector) => {
      const { shape } = vector;
      const compiled = await compile(everything, { target, inputs: { real: { shape }, fake: { shape } } });
      const outputs = await compiled.run({
        real: Float32Array.from(vector.real.flat()),
        fake: Float32Array.from(vector.fake.flat()),
      });
      compiled.dispose();
      expectAsInNumPy(
        Object.fromEntries(Object.entries(outputs).map(([name, { data }]) => [name, data as Float32Array])),
        vector,
      );
    });
  }

  const value = (real: tf.Tensor, fake: tf.Tensor) =>
    tf.tidy(() => gdpp({ realFeatures: real, fakeFeatures: fake }).dataSync()[0]);

  it('is least for equal batches: the sum of all weights', () => {
    tf.tidy(() => {
      // Cosines 1/2: eigenvalues 2, 1/2, 1/2, of which the first alone has a weight.
      const root = Math.sqrt(0.5);
      const rows = tf.tensor2d([
        [root, root, 0],
        [root, 0, root],
        [0, root, root],
      ]);
      expect(value(rows, rows)).toBeCloseTo(-1, 5);
      // Eigenvalues 1.5, 1, 0.5 of cosines 1/2 between two of three: weights 1, 1/2, 0.
      const two = tf.tensor2d([
        [1, 0, 0],
        [0.5, Math.sqrt(0.75), 0],
        [0, 0, 1],
      ]);
      expect(value(two, two)).toBeCloseTo(-1.5, 5);
      expect(value(two, tf.mul(-3, two))).toBeCloseTo(-1.5, 5);
    });
  });

  it('compares magnitudes by the weight that it is given', () => {
    tf.tidy(() => {
      // Eigenvalues 2, 0 of equal features and 1, 1 of orthogonal ones, whose weights are all 0.
      const tensors = { realFeatures: tf.eye(2), fakeFeatures: tf.ones([2, 2]) };
      expect(gdpp(tensors, { magnitudeWeight: 3 }).dataSync()[0]).toBeCloseTo(3, 5);
    });
  });

  it('takes features of any rank, and does not depend on their lengths', () => {
    tf.tidy(() => {
      const [{ real, fake }] = cases.slice(1);
      const [a, b] = [tf.tensor2d(real), tf.tensor2d(fake)];
      expect(value(tf.reshape(a, [6, 3, 3, 1]), tf.mul(7, tf.reshape(b, [6, 3, 3, 1])))).toBeCloseTo(
        value(a, b),
        5,
      );
    });
  });

  it.each([
    cases[1],
    { ...cases[1], title: 'of fewer numbers', real: cases[1].real.map((row) => row.slice(0, 4)) },
  ])(
    'is finite, with its gradient, where a batch has collapsed, and where features are 0: $title',
    ({ real }) => {
      tf.tidy(() => {
        const [whole, shape] = [tf.tensor2d(real), [real.length, real[0].length]];
        const collapsed = [tf.ones(shape), tf.zeros(shape), tf.fill(shape, 80)];
        const pairs = [...collapsed.map((other) => [whole, other]), [tf.zeros(shape), whole]];
        for (const [place, [realFeatures, fakeFeatures]] of pairs.entries()) {
          const outputs = everything({ real: realFeatures, fake: fakeFeatures });
          for (const [name, tensor] of Object.entries(outputs)) {
            expect([...tensor.dataSync()], `${name} of pair ${place}`).toSatisfy((all: number[]) =>
              all.every(Number.isFinite),
            );
          }
        }
      });
    },
  );

  it.each([
    [[3, 2], [4, 2], {}, 'fakeFeatures has shape [4, 2] but realFeatures has [3, 2]'],
    [[1, 2], [1, 2], {}, 'the diversity of a batch needs 2 samples or more'],
    [[3, 0], [3, 0], {}, 'realFeatures has no elements'],
    [[3, 2], [3, 2], { magnitudeWeight: -1 }, 'magnitudeWeight must be a number of 0 or more'],
  ])('refuses what it cannot compare: %#', (real, fake, options, message) => {
    tf.tidy(() => {
      const tensors = { realFeatures: tf.zeros(real), fakeFeatures: tf.zeros(fake) };
      expect(() => gdpp(tensors, options)).toThrow(message);
    });
  });

  it('leaves no tensors behind', () => {
    const [a, b] = [tf.ones([4, 3]), tf.ones([4, 3])];
    const before = tf.memory().numTensors;
    gdpp({ realFeatures: a, fakeFeatures: b }).dispose();
    expect(tf.memory().numTensors).toBe(before);
    tf.dispose([a, b]);
  });
});
