import { OptionError } from '../errors/index.js';
import { threefry2x32 } from './threefry.js';

/** First counter word of each kind of derivation, so that a number and a name never give the same key. */
const foldNumber = 0;
const foldCharacter = 1;
const foldNameEnd = 2;

const twoPi = 2 * Math.PI;

/**
 * A stream of random numbers that is derived, not stored: its numbers depend on the seed and on the
 * names and numbers it was derived with, on nothing else. `stream(seed, 'latents', step)` is the same
 * wherever and whenever it is asked for, which is why a run resumes bit for bit.
 *
 * A stream is consumed as it is read: two calls of {@link uniform} give different numbers. Deriving
 * does not consume, and does not depend on what was consumed.
 */
export class RandomStream {
  private readonly block = new Uint32Array(2);
  private nextCounter = 0;
  private unread = 0;

  private constructor(
    private readonly key0: number,
    private readonly key1: number,
  ) {}

  /** The root stream of a seed: a whole number from 0 to 2^53 - 1. Equals JAX's `jax.random.key(seed)`. */
  static fromSeed(seed: number): RandomStream {
    if (!Number.isSafeInteger(seed) || seed < 0) {
      throw new OptionError(`seed must be a whole number from 0 to 2^53 - 1, got ${seed}`, 'seed', seed);
    }
    return new RandomStream(Math.floor(seed / 2 ** 32) >>> 0, seed >>> 0);
  }

  /**
   * The stream of that name or number below this one. With a number it equals JAX's
   * `jax.random.fold_in(key, number)`.
   */
  derive(part: string | number): RandomStream {
    if (typeof part === 'number') {
      if (!Number.isInteger(part) || part < 0 || part >= 2 ** 32) {
        throw new OptionError(
          `a stream is derived with a whole number from 0 to 2^32 - 1, got ${part}`,
          'part',
          part,
        );
      }
      return this.fold(foldNumber, part);
    }
    let stream = this.fold(foldNameEnd, part.length);
    for (let i = 0; i < part.length; i++) stream = stream.fold(foldCharacter, part.charCodeAt(i));
    return stream;
  }

  /** The next 32 random bits, as a whole number from 0 to 2^32 - 1. */
  nextUint32(): number {
    if (this.unread === 0) {
      const counter = this.nextCounter++;
      threefry2x32(this.key0, this.key1, Math.floor(counter / 2 ** 32), counter | 0, this.block);
      this.unread = 2;
    }
    return this.block[2 - this.unread--];
  }

  /** A whole number drawn uniformly from 0 to `bound` - 1, without bias. `bound` is from 1 to 2^32. */
  nextInteger(bound: number): number {
    // Words at or above the largest multiple of `bound` would favour small results: draw again.
    const limit = 2 ** 32 - (2 ** 32 % bound);
    for (;;) {
      const word = this.nextUint32();
      if (word < limit) return word % bound;
    }
  }

  /** `count` float32 numbers drawn uniformly from [low, high); default [0, 1), on a grid of 2^-24. */
  uniform(count: number, { low = 0, high = 1 }: { low?: number; high?: number } = {}): Float32Array {
    const values = new Float32Array(count);
    const scale = (high - low) * 2 ** -24;
    for (let i = 0; i < count; i++) values[i] = low + (this.nextUint32() >>> 8) * scale;
    return values;
  }

  /** `count` float32 numbers of the normal distribution, by Box and Muller in float64. */
  normal(
    count: number,
    { mean = 0, standardDeviation = 1 }: { mean?: number; standardDeviation?: number } = {},
  ): Float32Array {
    const values = new Float32Array(count);
    for (let i = 0; i < count; i += 2) {
      // (word + 1) / 2^32 lies in (0, 1]: the logarithm is finite.
      const radius = standardDeviation * Math.sqrt(-2 * Math.log((this.nextUint32() + 1) * 2 ** -32));
      const angle = twoPi * (this.nextUint32() * 2 ** -32);
      values[i] = mean + radius * Math.cos(angle);
      if (i + 1 < count) values[i + 1] = mean + radius * Math.sin(angle);
    }
    return values;
  }

  /** The numbers 0 to `count` - 1 in random order, every order equally likely (Fisher and Yates). */
  permutation(count: number): Uint32Array {
    const order = Uint32Array.from({ length: count }, (_, i) => i);
    for (let i = count - 1; i > 0; i--) {
      const j = this.nextInteger(i + 1);
      const swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return order;
  }

  private fold(kind: number, value: number): RandomStream {
    const key = new Uint32Array(2);
    threefry2x32(this.key0, this.key1, kind, value, key);
    return new RandomStream(key[0], key[1]);
  }
}
