/**
 * The generator behind NumPy's `RandomState`: MT19937, seeded and read as NumPy does, so that a seed chooses the
 * same samples as in the Python programs whose protocols are followed here. For everything else there is
 * `RandomStream` of @dist-gan/core.
 *
 * Source: Matsumoto and Nishimura, mt19937ar.c; numpy/random/src/mt19937, legacy seeding by a whole number.
 */
export class NumpyRandom {
  private readonly state = new Uint32Array(624);
  private next = 624;

  /** @param seed a whole number from 0 to 2^32 - 1 */
  constructor(seed: number) {
    this.state[0] = seed;
    for (let i = 1; i < 624; i++) {
      const before = this.state[i - 1];
      this.state[i] = Math.imul(1812433253, before ^ (before >>> 30)) + i;
    }
  }

  /** The numbers 0 to `count` - 1 in the order of `RandomState.permutation(count)`. */
  permutation(count: number): Uint32Array {
    const order = new Uint32Array(count);
    for (let i = 0; i < count; i++) order[i] = i;
    for (let i = count - 1; i > 0; i--) {
      const j = this.upTo(i);
      const swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return order;
  }

  /** `size` different numbers below `count`, as `RandomState.choice(count, size, replace=False)`. */
  choice(count: number, size: number): Uint32Array {
    return this.permutation(count).slice(0, size);
  }

  /** A whole number from 0 to `most`: random bits of its length are drawn until they are not above it. */
  private upTo(most: number): number {
    const shift = Math.clz32(most);
    const mask = shift === 32 ? 0 : 0xffffffff >>> shift;
    for (;;) {
      const value = (this.nextUint32() & mask) >>> 0;
      if (value <= most) return value;
    }
  }

  private nextUint32(): number {
    if (this.next === 624) this.refill();
    let word = this.state[this.next++];
    word ^= word >>> 11;
    word ^= (word << 7) & 0x9d2c5680;
    word ^= (word << 15) & 0xefc60000;
    return (word ^ (word >>> 18)) >>> 0;
  }

  private refill(): void {
    const { state } = this;
    for (let i = 0; i < 624; i++) {
      // A remainder at each step would take longer than all the rest.
      const following = state[i === 623 ? 0 : i + 1];
      const mixed = (state[i] & 0x80000000) | (following & 0x7fffffff);
      state[i] = state[i < 227 ? i + 397 : i - 227] ^ (mixed >>> 1) ^ (mixed & 1 ? 0x9908b0df : 0);
    }
    this.next = 0;
  }
}
