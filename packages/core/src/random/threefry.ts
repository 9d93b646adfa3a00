/**
 * Threefry-2x32 with 20 rounds: a keyed bijection of two 32-bit words, used as a counter-based
 * random generator.
 *
 * Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011. JAX's default
 * generator is the same function, so its keys and ours can be compared word for word.
 */

/** Rotation distances, alternating between the two groups every four rounds (table 2 of the paper). */
const rotations = [
  [13, 15, 26, 6],
  [17, 29, 16, 24],
] as const;

/** Skein's key-schedule parity constant, first 32 bits. */
const parity = 0x1bd11bda;

/** Encrypts the counter (`counter0`, `counter1`) under the key; writes two words to `out` at `offset`. */
export function threefry2x32(
  key0: number,
  key1: number,
  counter0: number,
  counter1: number,
  out: Uint32Array,
  offset = 0,
): void {
  const keys = [key0, key1, parity ^ key0 ^ key1];
  let x0 = (counter0 + key0) | 0;
  let x1 = (counter1 + key1) | 0;
  for (let group = 0; group < 5; group++) {
    for (const distance of rotations[group % 2]) {
      x0 = (x0 + x1) | 0;
      x1 = ((x1 << distance) | (x1 >>> (32 - distance))) ^ x0;
    }
    x0 = (x0 + keys[(group + 1) % 3]) | 0;
    x1 = (x1 + keys[(group + 2) % 3] + group + 1) | 0;
  }
  out[offset] = x0;
  out[offset + 1] = x1;
}
