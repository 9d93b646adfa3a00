import { NonFiniteError, OptionError, ShapeError } from '@dist-gan/core';

/** The points that mass is carried to, checked. */
export interface TargetPoints {
  /** `[count, dimension]`, row-major. */
  readonly points: Float64Array;
  readonly dimension: number;
  readonly count: number;
  /** Share of the mass of each point; they are positive and sum to 1. */
  readonly masses: Float64Array;
}

/**
 * Copies points and masses in float64, and refuses those that have no transport map or more than one.
 *
 * @param where what the caller is called in messages
 * @param masses positive, one per point; they are divided by their sum. Default: the same for all
 * @throws ShapeError the points are no whole rows, or fewer than dimensions
 * @throws NonFiniteError a coordinate is NaN or infinite
 * @throws OptionError two points are equal, or a mass is not positive, or too small to be a share of their sum
 */
export function checkPoints(
  where: string,
  given: { points: ArrayLike<number>; dimension: number; masses?: ArrayLike<number> },
): TargetPoints {
  const { dimension } = given;
  if (!Number.isSafeInteger(dimension) || dimension < 1) {
    const path = `${where}.dimension`;
    throw new OptionError(
      `${path}: must be a whole number of at least 1 (got ${dimension})`,
      path,
      dimension,
    );
  }
  const points = Float64Array.from(given.points);
  const count = points.length / dimension;
  if (!Number.isInteger(count)) {
    throw new ShapeError(
      `${where}: points must be whole rows of ${dimension} numbers, got ${points.length} numbers`,
      'points',
      [points.length],
      `[count * ${dimension}]`,
    );
  }
  const least = Math.max(2, dimension);
  if (count < least) {
    throw new ShapeError(
      `${where}: ${count} ${count === 1 ? 'point' : 'points'} in ${dimension} dimensions; give at least ${least}, or ` +
        'project the points to fewer dimensions',
      'points',
      [count, dimension],
      `[${least} or more, ${dimension}]`,
    );
  }
  const bad = points.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    const [row, column] = [Math.floor(bad / dimension), bad % dimension];
    throw new NonFiniteError(
      `${where}: coordinate ${column} of point ${row} is ${points[bad]}; every coordinate must be finite`,
      `points/${row}`,
    );
  }
  assertDistinct(where, points, dimension, count);
  return { points, dimension, count, masses: checkMasses(where, given.masses, count) };
}

/** Equal points share one cell: how it is divided between them is not determined. */
function assertDistinct(where: string, points: Float64Array, dimension: number, count: number): void {
  const compare = (a: number, b: number): number => {
    for (let k = 0; k < dimension; k++) {
      const difference = points[a * dimension + k] - points[b * dimension + k];
      if (difference !== 0) return difference;
    }
    return 0;
  };
  const order = Uint32Array.from({ length: count }, (_, i) => i).sort((a, b) => compare(a, b) || a - b);
  let duplicates = 0;
  let first: readonly [number, number] | undefined;
  for (let i = 1; i < count; i++) {
    if (compare(order[i - 1], order[i]) !== 0) continue;
    duplicates++;
    first ??= [order[i - 1], order[i]];
  }
  if (first === undefined) return;
  const path = `${where}.points`;
  throw new OptionError(
    `${path}: points ${first[0]} and ${first[1]} are equal` +
      `${duplicates > 1 ? `, and ${duplicates - 1} more are repeated` : ''}; keep one of each, with the sum of their masses`,
    path,
    first,
  );
}

function checkMasses(where: string, given: ArrayLike<number> | undefined, count: number): Float64Array {
  if (given === undefined) return new Float64Array(count).fill(1 / count);
  if (given.length !== count) {
    throw new ShapeError(
      `${where}: got ${given.length} masses for ${count} points; give one for each`,
      'masses',
      [given.length],
      `[${count}]`,
    );
  }
  const masses = Float64Array.from(given);
  const bad = masses.findIndex((mass) => !(mass > 0 && mass < Infinity));
  if (bad >= 0) {
    const path = `${where}.masses`;
    throw new OptionError(
      `${path}: mass ${bad} must be above 0 and finite (got ${masses[bad]})`,
      path,
      masses[bad],
    );
  }
  // Over the greatest first: a sum of huge ones is infinite, and none of them any share of that.
  const greatest = masses.reduce((most, mass) => Math.max(most, mass), 0);
  const sum = masses.reduce((total, mass) => total + mass / greatest, 0);
  const shares = masses.map((mass) => mass / greatest / sum);
  const none = shares.indexOf(0);
  if (none >= 0) {
    const path = `${where}.masses`;
    throw new OptionError(
      `${path}: mass ${none}, ${masses[none]}, is no share of the whole beside ${greatest}; leave its point out`,
      path,
      masses[none],
    );
  }
  return shares;
}
