import { OptionError } from '@dist-gan/core';
import { directionNumbers } from './direction-numbers.js';

/** Points come on a grid of 2^-24, so that float32 holds them exactly. */
const bits = 24;

/** The most dimensions of a sequence: those that there are direction numbers for here. */
export const largestSobolDimension = 1111;

/** The most points of a sequence. */
export const largestSobolCount = 2 ** bits;

/**
 * Points `start` to `start + count - 1` of the Sobol sequence in [0, 1)^dimension, in Gray code order from the origin on:
 * those of SciPy's `qmc.Sobol(dimension, scramble=False)`, exactly.
 *
 * The first 2^k points fill the cube evenly: every interval [i 2^-k, (i + 1) 2^-k) of every coordinate holds one.
 *
 * @param dimension from 1 to 1,111
 * @param count `start + count` is at most 2^24
 * @param options start: default 0; shift: added to every coordinate, default 0
 * @returns `[count, dimension]`, row-major
 * @throws OptionError when a number is out of range
 * @see Joe, Kuo, "Constructing Sobol sequences with better two-dimensional projections", 2008; Antonov, Saleev, 1979
 */
export function sobolPoints(
  dimension: number,
  count: number,
  { start = 0, shift = 0 }: { start?: number; shift?: number } = {},
): Float32Array {
  assertWhole('dimension', dimension, 1, largestSobolDimension);
  assertWhole('start', start, 0, largestSobolCount - 1);
  assertWhole('count', count, 0, largestSobolCount - start);
  const directions = directionsOf(dimension);
  const state = new Int32Array(dimension);
  for (let gray = start ^ (start >> 1), bit = 0; gray > 0; gray >>= 1, bit++) {
    if (gray & 1) flip(state, directions, bit);
  }
  const points = new Float32Array(count * dimension);
  const scale = 2 ** -bits;
  for (let i = 0; i < count; i++) {
    for (let k = 0; k < dimension; k++) points[i * dimension + k] = state[k] * scale + shift;
    flip(state, directions, trailingZeros(start + i + 1));
  }
  return points;
}

/** Adds, modulo 2, direction `bit` of every coordinate. */
function flip(state: Int32Array, directions: Int32Array, bit: number): void {
  for (let k = 0, at = bit; k < state.length; k++, at += bits + 1) state[k] ^= directions[at];
}

function trailingZeros(value: number): number {
  return 31 - Math.clz32(value & -value);
}

let table: readonly (readonly number[])[] | undefined;

/** The direction numbers of each dimension, times 2^bits; after each a zero, for the step past the last point. */
function directionsOf(dimension: number): Int32Array {
  table ??= directionNumbers
    .trim()
    .split('\n')
    .map((line) => line.split(' ').map(Number));
  const directions = new Int32Array(dimension * (bits + 1));
  for (let bit = 0; bit < bits; bit++) directions[bit] = 1 << (bits - 1 - bit);
  for (let k = 1; k < dimension; k++) {
    const [inner, ...initial] = table[k - 1];
    const degree = initial.length;
    const own = directions.subarray(k * (bits + 1));
    for (let bit = 0; bit < bits; bit++) {
      if (bit < degree) {
        own[bit] = initial[bit] << (bits - 1 - bit);
        continue;
      }
      let value = own[bit - degree] ^ (own[bit - degree] >> degree);
      for (let j = 1; j < degree; j++) {
        if ((inner >> (degree - 1 - j)) & 1) value ^= own[bit - j];
      }
      own[bit] = value;
    }
  }
  return directions;
}

function assertWhole(name: string, value: number, least: number, most: number): void {
  if (Number.isSafeInteger(value) && value >= least && value <= most) return;
  const path = `sobolPoints.${name}`;
  throw new OptionError(
    `${path}: must be a whole number from ${least} to ${most} (got ${value})`,
    path,
    value,
  );
}
