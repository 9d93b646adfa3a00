import type { DatasetEnvironment } from '../environment.js';
import { authorsLayout, type AuthorsLayoutOptions } from './authors-layout.js';
import { distGanSource } from './gaussian-mixture.js';
import type { MixtureDataset } from './mixture.js';

const root = Math.sqrt(3) / 2;

/**
 * The modes of the right half: on the unit circle around (1, 0), every 30 degrees from 30 degrees off the
 * origin. The left half is its mirror image in the origin, with the origin itself between.
 */
const rightArc = [
  [2, 0],
  [1 + root, -1 / 2],
  [3 / 2, -root],
  [1, -1],
  [1 / 2, -root],
  [1 - root, -1 / 2],
];

const leftArc = [
  [-1 - root, 1 / 2],
  [-3 / 2, root],
  [-1, 1],
  [-1 / 2, root],
  [root - 1, 1 / 2],
];

/**
 * 12 Gaussians along two half circles that make a wave; 4000 points each, normalised to [0, 1].
 *
 * The wave begins at (-1.866, 0.5), goes over (-1, 1), (0, 0) and (1, -1), and ends at (2, 0): as in the
 * authors' data, (-2, 0) has no mode.
 */
export function gaussianSine(
  options?: AuthorsLayoutOptions,
  environment?: DatasetEnvironment,
): MixtureDataset {
  const layout = {
    id: 'gaussian-sine',
    title: '12 Gaussians along a wave',
    source: distGanSource,
    centres: [...leftArc, [0, 0], ...rightArc],
    pointsPerMode: 4000,
    file: 'sinedatav2.txt',
  };
  return authorsLayout(layout, options, environment);
}
