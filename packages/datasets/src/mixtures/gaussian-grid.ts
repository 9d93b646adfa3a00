import type { DatasetEnvironment } from '../environment.js';
import { authorsLayout, type AuthorsLayoutOptions } from './authors-layout.js';
import { distGanSource } from './gaussian-mixture.js';
import type { MixtureDataset } from './mixture.js';

const coordinates = [-4, -2, 0, 2, 4];

/** 25 Gaussians on the square grid {-4, -2, 0, 2, 4}^2; 2000 points each, normalised to [0, 1]. */
export function gaussianGrid(
  options?: AuthorsLayoutOptions,
  environment?: DatasetEnvironment,
): MixtureDataset {
  const layout = {
    id: 'gaussian-grid',
    title: '25 Gaussians on a grid',
    source: distGanSource,
    centres: coordinates.flatMap((x) => coordinates.map((y) => [x, y])),
    pointsPerMode: 2000,
    file: 'toydatav2.txt',
  };
  return authorsLayout(layout, options, environment);
}
