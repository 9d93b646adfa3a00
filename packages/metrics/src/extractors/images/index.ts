export { datasetImages, type DatasetImagesOptions } from './dataset-images.js';
export type { ImageBatch } from './image-batch.js';
export {
  imagesAsTheyAre,
  publishedPreparations,
  resizedImages,
  type Preparation,
  type PublishedPreparation,
  type ResizedImagesOptions,
  type Scaling,
} from './preparation.js';
export { quantizeImages } from './quantize.js';
export { createResizer, resizeMethods, type Resizer, type ResizeMethod } from './resize/resize.js';
export { decodePicture, type PixelRules, type Pixels } from '@dist-gan/datasets/pictures';
export {
  openPictureFolder,
  type PictureFolder,
  type PictureFolderOptions,
} from './pictures/picture-folder.js';
