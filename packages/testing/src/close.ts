/** How far a number may lie from what is expected: `absolute + relative * |expected|`, on both sides. */
export interface Tolerance {
  readonly relative: number;
  readonly absolute?: number;
}

/** Throws, naming the worst entry, unless all numbers are finite and within the tolerance. */
export function expectClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  { relative, absolute = 0 }: Tolerance,
  what: string,
): void {
  if (actual.length !== expected.length) {
    throw new Error(`${what}: got ${actual.length} numbers, expected ${expected.length}`);
  }
  let worst = -1;
  let worstExcess = 0;
  for (let i = 0; i < expected.length; i++) {
    const excess = Math.abs(actual[i] - expected[i]) - (absolute + relative * Math.abs(expected[i]));
    // A NaN compares false with everything: it counts as infinitely far.
    const distance = Number.isNaN(excess) ? Infinity : excess;
    if (distance > worstExcess) {
      worst = i;
      worstExcess = distance;
    }
  }
  if (worst >= 0) {
    throw new Error(
      `${what}: entry ${worst} is ${actual[worst]}, expected ${expected[worst]} ` +
        `within ${absolute} + ${relative} of it`,
    );
  }
}
