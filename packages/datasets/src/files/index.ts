export { readBytes } from './file-system.js';
export { readNpy, writeNpy, type NumberArray, type NumberData } from './npy.js';
export { readNpz, type NpzContent } from './npz.js';
export { readZip, writeZip } from './zip.js';
export { listPictures, type PictureList } from '../pictures/list-pictures.js';
export { decodePicture } from '../pictures/decode-picture.js';
export type { PixelRules, Pixels } from '../pictures/pixels.js';
