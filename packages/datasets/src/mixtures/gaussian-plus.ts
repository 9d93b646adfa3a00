import type { DatasetEnvironment } from '../environment.js';
import { authorsLayout, type AuthorsLayoutOptions } from './authors-layout.js';
import { distGanSource } from './gaussian-mixture.js';
import type { MixtureDataset } from './mixture.js';

const coordinates = [-3, -2, -1, 0, 1, 2, 3];

/** 13 Gaussians on the axes, at the whole numbers from -3 to 3; 4000 points each, normalised to [0, 1]. */
export function gaussianPlus(
  options?: AuthorsLayoutOptions,
  environment?: DatasetEnvironment,
): MixtureDataset {
  const layout = {
    id: 'gaussian-plus',
    title: '13 Gaussians on a plus sign',
    source: distGanSource,
    centres: [...coordinates.map((x) => [x, 0]), ...coordinates.filter((y) => y !== 0).map((y) => [0, y])],
    pointsPerMode: 4000,
    file: 'plusdatav2.txt',
  };
  return authorsLayout(layout, options, environment);
}
