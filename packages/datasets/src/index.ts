export * from './datasets.js';
export { dataFolder, type DatasetEnvironment } from './environment.js';
export { epochBatches, type EpochBatchesOptions } from './epoch-batches.js';
export type { AuthorsLayoutOptions, DrawnPoints, PointsFromFile } from './mixtures/authors-layout.js';
export type { Mixture, MixtureDataset } from './mixtures/mixture.js';
export type { LabelledImages } from './labelled-images.js';
export type { BrokenPicture } from './pictures/broken-picture.js';
export type { PictureDataset } from './pictures/picture-dataset.js';
export { publications, type Publication, type PublishedFile } from './publications.js';
