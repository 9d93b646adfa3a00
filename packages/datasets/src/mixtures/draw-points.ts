import { OptionError, RandomStream } from '@dist-gan/core';
import type { OriginalPoints } from './normalise.js';

/** How many coordinates are drawn at most: 1 GiB of them. */
const mostCoordinates = 2 ** 27;

/**
 * Draws the same number of points from N(centre, standardDeviation^2 I) for every centre, mode after
 * mode. A mode's points depend on the seed and the mode's place in the list alone.
 *
 * @throws OptionError when they would not fit into memory
 */
export function drawPoints(options: {
  readonly centres: readonly (readonly number[])[];
  readonly standardDeviation: number;
  readonly pointsPerMode: number;
  readonly seed: number;
}): OriginalPoints & { labels: Uint16Array } {
  const { centres, standardDeviation, pointsPerMode, seed } = options;
  const dimension = centres[0].length;
  const stream = RandomStream.fromSeed(seed).derive('gaussian-mixture');
  const perMode = pointsPerMode * dimension;
  requireMemory({ modes: centres.length, pointsPerMode, dimension });
  const points = new Float64Array(centres.length * perMode);
  for (const [mode, centre] of centres.entries()) {
    const offsets = stream.derive(mode).normal(perMode, { standardDeviation });
    for (let i = 0; i < perMode; i++) points[mode * perMode + i] = centre[i % dimension] + offsets[i];
  }
  const labels = Uint16Array.from({ length: centres.length * pointsPerMode }, (_, i) =>
    Math.floor(i / pointsPerMode),
  );
  return { points, centres, standardDeviation, labels };
}

/** @throws OptionError when the points of all modes would not fit into memory */
export function requireMemory({
  modes,
  pointsPerMode,
  dimension,
}: {
  readonly modes: number;
  readonly pointsPerMode: number;
  readonly dimension: number;
}): void {
  if (modes * pointsPerMode * dimension <= mostCoordinates) return;
  throw new OptionError(
    `${modes} modes of ${pointsPerMode} points in ${dimension} dimensions do not fit into memory; ` +
      `ask for at most ${Math.floor(mostCoordinates / modes / dimension)} points per mode`,
    'pointsPerMode',
    pointsPerMode,
  );
}
