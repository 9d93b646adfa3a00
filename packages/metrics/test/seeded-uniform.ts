import { uniform } from '../../../tooling/benchmarks/ours/seeded.js';

/**
 * Random numbers in [low, high) of the generator that made the numbers which the tests expect
 * (tooling/oracles/inception_vectors.py).
 */
export function seededUniform(stream: string, count: number, low: number, high: number): Float32Array {
  return Float32Array.from(uniform(stream, count), (value) => low + (high - low) * value);
}
