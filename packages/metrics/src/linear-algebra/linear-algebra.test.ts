import { RandomStream } from '@dist-gan/core';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { choleskyFactor } from './cholesky.js';
import { ownEngine } from './engines/own-engine.js';
import { symmetricEigenvalues } from './eigenvalues.js';
import { onnxEngine } from './engines/onnx-engine.js';
import { sourceSha256 } from './loops/loops-binary.js';
import { part, rowMajor, transposed } from './matrix-view.js';
import { addProduct, product } from './product.js';

const run = { engine: ownEngine() };

const normal = (seed: number, count: number): Float64Array =>
  Float64Array.from(RandomStream.fromSeed(seed).normal(count));

/** a bᵀ by the definition. */
function naive(a: Float64Array, b: Float64Array, depth: number): Float64Array {
  const [rows, columns] = [a.length / depth, b.length / depth];
  return Float64Array.from({ length: rows * columns }, (_, at) => {
    const [i, j] = [Math.floor(at / columns), at % columns];
    let sum = 0;
    for (let p = 0; p < depth; p++) sum += a[i * depth + p] * b[j * depth + p];
    return sum;
  });
}

function expectClose(actual: Float64Array, expected: Float64Array, tolerance: number): void {
  expect(actual.length).toBe(expected.length);
  const worst = actual.reduce((most, value, i) => Math.max(most, Math.abs(value - expected[i])), 0);
  expect(worst).toBeLessThan(tolerance);
}

/** Sizes on both sides of those of tiles, panels and blocks. */
const sizes = [1, 2, 3, 4, 5, 31, 32, 33, 63, 64, 65, 66, 67, 130];

it('has the loops that its source says', () => {
  const source = readFileSync(new URL('loops/loops.as', import.meta.url));
  expect(createHash('sha256').update(source).digest('hex')).toBe(sourceSha256);
});

describe('product', () => {
  it.each([
    [1, 1, 1],
    [3, 5, 2],
    [4, 8, 256],
    [7, 9, 257],
    [255, 3, 40],
    [256, 257, 5],
    [300, 520, 3],
  ])('of [%d, depth] and [%d, depth], depth %d', (rows, columns, depth) => {
    const [a, b] = [normal(1, rows * depth), normal(2, columns * depth)];
    expectClose(product(a, b, depth), naive(a, b, depth), 1e-12);
    expectClose(product(a, a, depth), naive(a, a, depth), 1e-12);
  });

  it('adds to a part of a matrix and leaves the rest alone', () => {
    const data = new Float64Array(6 * 7).fill(1);
    const a = rowMajor(normal(1, 30), 5);
    const columns = part(transposed(a), [1, 4], [2, 6]);
    addProduct({ data, offset: 7 + 2, stride: 7 }, columns, columns, { scale: -2 });
    for (let i = 0; i < 6; i++) {
      for (let j = 0; j < 7; j++) {
        let expected = 1;
        if (i >= 1 && i < 4 && j >= 2 && j < 5) {
          for (let p = 2; p < 6; p++) expected -= 2 * a.data[p * 5 + i] * a.data[p * 5 + j - 1];
        }
        expect(data[i * 7 + j]).toBeCloseTo(expected, 12);
      }
    }
  });

  it('is that of ONNX Runtime', async () => {
    const engine = await onnxEngine();
    const [a, b] = [normal(1, 40 * 11), normal(2, 30 * 11)];
    expectClose(await engine.product({ a, b, depth: 11 }), naive(a, b, 11), 1e-12);
  });

  it.each([ownEngine, onnxEngine])('may write into the room that it is given (%o)', async (makeEngine) => {
    const engine = await makeEngine();
    const into = new Float64Array(40).fill(7);
    // One after another, in the same room.
    for (const seed of [1, 2]) {
      const [a, b] = [normal(seed, 6 * 11), normal(seed + 2, 5 * 11)];
      const result = await engine.product({ a, b, depth: 11, into });
      expectClose(result, naive(a, b, 11), 1e-12);
      expect(result.buffer).toBe(into.buffer);
    }
    expect(into.subarray(30)).toEqual(new Float64Array(10).fill(7));
  });

  it.each([ownEngine, onnxEngine])('takes float32 numbers for what they are (%o)', async (makeEngine) => {
    const engine = await makeEngine();
    const [a, b] = [Float32Array.from(normal(1, 6 * 11)), Float32Array.from(normal(2, 5 * 11))];
    const expected = naive(Float64Array.from(a), Float64Array.from(b), 11);
    expectClose(await engine.product({ a, b, depth: 11 }), expected, 1e-12);
    expectClose(await engine.product({ a: Float64Array.from(a), b, depth: 11 }), expected, 1e-12);
    expectClose(await engine.product({ a, b: Float64Array.from(b), depth: 11 }), expected, 1e-12);
  });
});

describe('choleskyFactor', () => {
  const check = async (s: Float64Array, size: number, rank: number) => {
    const factor = await choleskyFactor(s, size, run);
    expect(factor.rank).toBe(rank);
    const columns = Float64Array.from(
      { length: size * rank },
      (_, at) => factor.upper[(at % rank) * size + Math.floor(at / rank)],
    );
    const expected = Float64Array.from(
      s,
      (_, at) => s[factor.order[Math.floor(at / size)] * size + factor.order[at % size]],
    );
    const largest = s.reduce((most, value) => Math.max(most, value), 0);
    expectClose(naive(columns, columns, rank), expected, 1e-12 * Math.max(largest, 1));
    expect(factor.residual).toBeLessThan(1e-11 * Math.max(largest, 1));
  };

  it.each(sizes)('of %d x %d numbers', async (size) => {
    const x = normal(size, size * (size + 5));
    await check(product(x, x, size + 5), size, size);
  });

  it.each([
    [5, 2],
    [70, 3],
    [130, 64],
    [130, 100],
  ])('finds the rank of %d x %d numbers of rank %d', async (size, rank) => {
    const x = normal(size, size * rank);
    await check(product(x, x, rank), size, rank);
  });

  it('leaves a residual of a matrix with negative eigenvalues', async () => {
    expect(await choleskyFactor(Float64Array.of(1, 2, 2, 1), 2, run)).toMatchObject({ rank: 1, residual: 3 });
    expect(await choleskyFactor(Float64Array.of(0, 2, 2, 0), 2, run)).toMatchObject({ rank: 0, residual: 2 });
  });
});

describe('symmetricEigenvalues', () => {
  it.each([...sizes, 330])(
    'of the second-difference matrix of %d: 2 - 2 cos (k π / (n + 1))',
    async (size) => {
      // Conjugated by a reflection, so that it is full.
      const v = normal(size, size);
      const norm = v.reduce((sum, value) => sum + value * value, 0);
      const reflection = new Float64Array(size * size);
      const second = new Float64Array(size * size);
      for (let i = 0; i < size; i++) {
        for (let j = 0; j < size; j++) {
          reflection[i * size + j] = (i === j ? 1 : 0) - (2 * v[i] * v[j]) / norm;
          second[i * size + j] = i === j ? 2 : Math.abs(i - j) === 1 ? -1 : 0;
        }
      }
      const full = naive(naive(reflection, second, size), reflection, size);
      const expected = Float64Array.from(
        { length: size },
        (_, k) => 2 - 2 * Math.cos(((k + 1) * Math.PI) / (size + 1)),
      );
      expectClose(await symmetricEigenvalues(full, size, run), expected, 1e-12);
    },
  );

  it.each([
    ['zeros', 40, () => 0, () => 0],
    ['ones', 40, () => 1, (k: number) => (k === 39 ? 40 : 0)],
    [
      'a diagonal of two values',
      40,
      (i: number, j: number) => (i === j ? i % 2 : 0),
      (k: number) => (k < 20 ? 0 : 1),
    ],
    ['large numbers', 3, (i: number, j: number) => (i === j ? 1e200 * i : 0), (k: number) => 1e200 * k],
    ['large equal numbers', 70, () => 1e200, (k: number) => (k === 69 ? 70e200 : 0)],
    ['small equal numbers', 70, () => 1e-200, (k: number) => (k === 69 ? 70e-200 : 0)],
    ['small numbers', 3, (i: number, j: number) => (i === j ? 1e-200 * i : 0), (k: number) => 1e-200 * k],
  ])('of %s', async (_, size, value, eigenvalue) => {
    const matrix = Float64Array.from({ length: size * size }, (__, at) =>
      value(Math.floor(at / size), at % size),
    );
    const expected = Float64Array.from({ length: size }, (__, k) => eigenvalue(k));
    const largest = expected[size - 1];
    expectClose(await symmetricEigenvalues(matrix, size, run), expected, 1e-13 * largest + Number.MIN_VALUE);
  });

  it.each([64, 130, 200])('of rank 2 among %d: all others are rounding', async (size) => {
    // Those of x xᵀ + y yᵀ are those of the products of x and y with one another.
    const [x, y] = [normal(1, size), normal(2, size).map((value) => 40 * value)];
    const matrix = Float64Array.from({ length: size * size }, (_, at) => {
      const [i, j] = [Math.floor(at / size), at % size];
      return x[i] * x[j] + y[i] * y[j];
    });
    const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, i) => sum + value * b[i], 0);
    const [middle, half] = [(dot(x, x) + dot(y, y)) / 2, (dot(x, x) - dot(y, y)) / 2];
    const root = Math.hypot(half, dot(x, y));
    const expected = new Float64Array(size);
    expected.set([middle - root, middle + root], size - 2);
    expectClose(await symmetricEigenvalues(matrix, size, run), expected, 1e-13 * expected[size - 1]);
  });

  it.each([[[1, 0, 0, 0, 2e-18, 1e-18, 0, 1e-18, 2e-18]], [[2e-18, 1e-18, 0, 1e-18, 2e-18, 0, 0, 0, 1]]])(
    'keeps the digits of small numbers beside a large one: %j',
    async (matrix) => {
      const [small, larger, largest] = await symmetricEigenvalues(Float64Array.from(matrix), 3, run);
      expect(small / 1e-18).toBeCloseTo(1, 12);
      expect(larger / 3e-18).toBeCloseTo(1, 12);
      expect(largest).toBeCloseTo(1, 14);
    },
  );

  it('of the empty matrix', async () => {
    expect(await symmetricEigenvalues(new Float64Array(0), 0, run)).toEqual(new Float64Array(0));
  });

  it('lets two computations take turns', async () => {
    const matrices = [3, 4].map((seed) => {
      const x = normal(seed, 130 * 130);
      return product(x, x, 130);
    });
    const alone: Float64Array[] = [];
    for (const matrix of matrices) alone.push(await symmetricEigenvalues(matrix, 130, run));
    const together = await Promise.all(matrices.map((matrix) => symmetricEigenvalues(matrix, 130, run)));
    expect(together).toEqual(alone);
  });
});
