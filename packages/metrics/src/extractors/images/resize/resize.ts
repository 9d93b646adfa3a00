import type { ResamplingFilter } from '@dist-gan/datasets/resampling';
import { antialiasedResizer } from './antialiased.js';
import { bilinearResizer } from './bilinear.js';

/**
 * Ways to bring images to the side that a network takes. FID depends on it: the same folder gives 8.966 with
 * PyTorch's and 8.973 with TensorFlow's (clean-fid's documentation), and far more for images that shrink.
 *
 * - `tensorflow-1`: bilinear of TensorFlow 1, in the graph that FID was defined with; torch-fidelity, torchmetrics
 * - `pytorch`: bilinear of PyTorch, half-pixel, without antialiasing; pytorch-fid
 * - `pil-bicubic`: Pillow's, antialiased, in floats that are not rounded, cut off at 0 and 255; clean-fid
 * - `pil-bilinear`, `pil-lanczos`, `pil-box`: the same with other filters
 * - `pil-bicubic-bytes`, ...: the same on bytes, rounded after each direction as Pillow before 13 does for RGB
 * - `pil-13-bicubic-bytes`, ...: as Pillow 13 and later, which starts with the columns of pictures that shrink in height
 *   most; up to 15 levels from the former. In floats the order changes rounding errors alone, and is the former one
 */
export const resizeMethods = [
  'tensorflow-1',
  'pytorch',
  'pil-bicubic',
  'pil-bilinear',
  'pil-lanczos',
  'pil-box',
  'pil-bicubic-bytes',
  'pil-bilinear-bytes',
  'pil-lanczos-bytes',
  'pil-box-bytes',
  'pil-13-bicubic-bytes',
  'pil-13-bilinear-bytes',
  'pil-13-lanczos-bytes',
  'pil-13-box-bytes',
] as const;
export type ResizeMethod = (typeof resizeMethods)[number];

/** Resizes one image `[height, width, channels]` into a result `[side, side, channels]`. */
export type Resizer = (image: ArrayLike<number>, result: Float32Array) => void;

/**
 * Makes a function that resizes images of one shape; it keeps tables and buffers for that shape.
 *
 * @param sampleShape `[height, width, channels]`
 */
export function createResizer(method: ResizeMethod, sampleShape: readonly number[], side: number): Resizer {
  if (method === 'tensorflow-1') return bilinearResizer(sampleShape, side, 'tensorflow-1');
  if (method === 'pytorch') return bilinearResizer(sampleShape, side, 'half-pixel');
  const order = method.startsWith('pil-13-') ? 'cheaper-first' : 'rows-first';
  const [, filter, bytes] = method.replace('-13', '').split('-') as [
    'pil',
    ResamplingFilter,
    'bytes' | undefined,
  ];
  return antialiasedResizer(sampleShape, side, filter, bytes ?? 'float', order);
}
