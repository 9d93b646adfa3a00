/** Numbers from [0, 1) of the generator that the vectors in `mode-vectors.json` were made with. */
export function lcg(seed: number, count: number): Float64Array {
  let state = seed;
  return Float64Array.from({ length: count }, () => {
    // Math.imul multiplies modulo 2^32.
    state = (Math.imul(1664525, state) + 1013904223) >>> 0;
    return state / 2 ** 32;
  });
}
