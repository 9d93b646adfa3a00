/**
 * Threefry-2x32 with 20 rounds: a keyed bijection of two 32-bit words, used as a counter-based
 * random generator.
 *
 * Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011. JAX's default
 * generator is the same function, so its keys and ours can be compared word for word.
 */

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
  let a = key0 | 0;
  let b = key1 | 0;
  let c = parity ^ key0 ^ key1;
  let x0 = (counter0 + a) | 0;
  let x1 = (counter1 + b) | 0;
  // Written out round by round, with the rotation distances of table 2 of the paper: a loop over a table of
  // distances is three times as slow, and a training step asks for thousands of blocks.
  for (let group = 1; group <= 5; group++) {
    if (group % 2 === 1) {
      x0 = (x0 + x1) | 0;
      x1 = ((x1 << 13) | (x1 >>> 19)) ^ x0;
      x0 = (x0 + x1) | 0;
      x1 = ((x1 << 15) | (x1 >>> 17)) ^ x0;
      x0 = (x0 + x1) | 0;
      x1 = ((x1 << 26) | (x1 >>> 6)) ^ x0;
      x0 = (x0 + x1) | 0;
      x1 = ((x1 << 6) | (x1 >>> 26)) ^ x0;
    } else {
      x0 = (x0 + x1) | 0;
      x1 = ((x1 << 17) | (x1 >>> 15)) ^ x0;
      x0 = (x0 + x1) | 0;
      x1 = ((x1 << 29) | (x1 >>> 3)) ^ x0;
      x0 = (x0 + x1) | 0;
      x1 = ((x1 << 16) | (x1 >>> 16)) ^ x0;
      x0 = (x0 + x1) | 0;
      x1 = ((x1 << 24) | (x1 >>> 8)) ^ x0;
    }
    const used = a;
    a = b;
    b = c;
    c = used;
    x0 = (x0 + a) | 0;
    x1 = (x1 + b + group) | 0;
  }
  out[offset] = x0;
  out[offset + 1] = x1;
}
