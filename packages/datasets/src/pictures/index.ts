export { decodePicture } from './decode-picture.js';
export { listPictures, type PictureList } from './list-pictures.js';
export type { PixelRules, Pixels } from './pixels.js';
