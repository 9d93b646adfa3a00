import type { PictureForm } from '../picture-decoder.js';
import type { Pixels } from '../pixels.js';

/**
 * Brings a picture to the size of a form, byte for byte as Pillow does: `cover` is its `ImageOps.fit`, `stretch` its `resize`. Rows are
 * resized before columns, as Pillow before 13 always did; from 13 on it begins with the columns where the height shrinks most.
 */
export function resample(
  picture: Pixels,
  form: Pick<PictureForm, 'height' | 'width'> & {
    readonly resize: 'cover' | 'contain' | 'stretch';
    readonly resampling: 'lanczos' | 'bicubic' | 'bilinear' | 'nearest';
  },
): Pixels;
