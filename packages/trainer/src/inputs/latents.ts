import type { LatentOptions, RandomStream } from '@dist-gan/core';

/** `count` latents, `[count, dimension]` row-major, from U[-1, 1) or N(0, 1). Consumes the stream. */
export function drawLatents(
  { dimension, distribution }: LatentOptions,
  count: number,
  stream: RandomStream,
): Float32Array {
  return distribution === 'uniform'
    ? stream.uniform(count * dimension, { low: -1, high: 1 })
    : stream.normal(count * dimension);
}

/** The latents of every evaluation of a run: the first `count` of a stream of their own. */
export function evaluationLatents(options: LatentOptions, count: number, random: RandomStream): Float32Array {
  return drawLatents(options, count, random.derive('evaluation'));
}
