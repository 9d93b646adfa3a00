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

  /**
   * A whole number drawn uniformly from 0 to `bound` - 1, without bias.
   *
   * @param bound a whole number from 1 to 2^32
   * @throws OptionError for other bounds
   */
  nextInteger(bound: number): number {
    if (!Number.isInteger(bound) || bound < 1 || bound > 2 ** 32) {
      throw new OptionError(`bound must be a whole number from 1 to 2^32, got ${bound}`, 'bound', bound);
    }
    // Words at or above the largest multiple of `bound` would favour small results: draw again.
    const limit = 2 ** 32 - (2 ** 32 % bound);
    for (;;) {
      const word = this.nextUint32();
      if (word < limit) return word % bound;
    }
  }

  /**
   * `count` float32 numbers drawn uniformly from [low, high); default [0, 1), on a grid of 2^-24 of the range.
   *
   * Where float32 numbers are farther apart than the grid, the nearest one inside the range is taken: never `high`
   * itself, never one below `low`.
   *
   * @throws OptionError when the bounds are not finite, or no float32 number is in the range
   */
  uniform(count: number, { low = 0, high = 1 }: { low?: number; high?: number } = {}): Float32Array {
    checkCount(count);
    const [first, last] = [smallestFloat32From(low), largestFloat32Below(high)];
    if (!Number.isFinite(high - low) || !(first <= last)) {
      throw new OptionError(
        `uniform: there is no float32 number from low ${low} to below high ${high}; both must be finite, high above low`,
        'high',
        high,
      );
    }
    const values = new Float32Array(count);
    const scale = (high - low) * 2 ** -24;
    for (let i = 0; i < count; i++) {
      values[i] = Math.min(Math.max(low + (this.nextUint32() >>> 8) * scale, first), last);
    }
    return values;
  }

  /**
   * `count` float32 numbers of the normal distribution, by Box and Muller in float64.
   *
   * @throws OptionError for a mean that is not finite, or a standard deviation that is not finite or below 0
   */
  normal(
    count: number,
    { mean = 0, standardDeviation = 1 }: { mean?: number; standardDeviation?: number } = {},
  ): Float32Array {
    checkCount(count);
    if (!Number.isFinite(Math.fround(mean)))
      throw new OptionError(`normal: mean must be finite, got ${mean}`, 'mean', mean);
    if (!Number.isFinite(standardDeviation) || standardDeviation < 0) {
      throw new OptionError(
        `normal: standardDeviation must be finite and at least 0, got ${standardDeviation}`,
        'standardDeviation',
        standardDeviation,
      );
    }
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
    checkCount(count);
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

function checkCount(count: number): void {
  if (Number.isInteger(count) && count >= 0 && count <= 2 ** 32) return;
  throw new OptionError(`count must be a whole number from 0 to 2^32, got ${count}`, 'count', count);
}

/** The smallest float32 number that is not below a float64 number. */
function smallestFloat32From(value: number): number {
  const nearest = Math.fround(value);
  return nearest < value ? neighbour(nearest, 1) : nearest;
}

/** The largest float32 number below a float64 number. */
function largestFloat32Below(value: number): number {
  const nearest = Math.fround(value);
  return nearest < value ? nearest : neighbour(nearest, -1);
}

/** The next float32 number up (1) or down (-1). The bits of float32 numbers of one sign are in their order. */
function neighbour(value: number, direction: 1 | -1): number {
  if (value === 0) return direction * 2 ** -149;
  const floats = Float32Array.of(value);
  new Int32Array(floats.buffer)[0] += value > 0 ? direction : -direction;
  return floats[0];
}
