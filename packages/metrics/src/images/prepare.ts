import { ShapeError, type JsonObject } from '@dist-gan/core';
import { checkImages, type ImageBatch } from './image-batch.js';
import { createResizer, type ResizeMethod, type Resizer } from './resize/resize.js';

/**
 * Bytes to the numbers that a network takes:
 * - `tensorflow`: (x - 128) / 128, in the graph that FID was defined with
 * - `pytorch`: 2 x / 255 - 1, pytorch-fid
 * - `unit`: x / 255
 */
export type Scaling = 'tensorflow' | 'pytorch' | 'unit';

const scalings: Readonly<Record<Scaling, readonly [divisor: number, shift: number]>> = {
  tensorflow: [128, -1],
  pytorch: [127.5, -1],
  unit: [255, 0],
};

export interface PreparationOptions {
  readonly resize: ResizeMethod;
  readonly scaling: Scaling;
  /** Side of the images that the network takes. */
  readonly side: number;
}

/** Brings images of any size to the input of a network. It keeps tables for the size of the last images. */
export class ImagePreparation {
  readonly protocol: JsonObject;
  private resizer: Resizer | undefined;
  private resizerShape = '';

  constructor(private readonly options: PreparationOptions) {
    this.protocol = { resize: options.resize, scaling: options.scaling, side: options.side };
  }

  /**
   * @returns `[count, side, side, 3]`
   * @throws ShapeError for images that have neither three channels nor one, which then stands for all three
   */
  prepare(images: ImageBatch): Float32Array {
    const { channels } = checkImages('features', images);
    if (channels !== 3 && channels !== 1) {
      throw new ShapeError(
        `features: images must have 3 channels (red, green, blue) or 1, got ${channels}`,
        'sampleShape',
        images.sampleShape,
        '[height, width, 3]',
      );
    }
    const { side, scaling } = this.options;
    const resize = this.resizerFor(images.sampleShape);
    const [divisor, shift] = scalings[scaling];
    const length = images.data.length / images.count;
    const pixels = side * side;
    const prepared = new Float32Array(images.count * pixels * 3);
    const resized = new Float32Array(pixels * channels);
    for (let n = 0; n < images.count; n++) {
      resize(images.data.subarray(n * length, (n + 1) * length), resized);
      const to = n * pixels * 3;
      if (channels === 3) {
        for (let k = 0; k < resized.length; k++) prepared[to + k] = resized[k] / divisor + shift;
      } else {
        for (let k = 0; k < 3 * pixels; k++) prepared[to + k] = resized[Math.floor(k / 3)] / divisor + shift;
      }
    }
    return prepared;
  }

  private resizerFor(sampleShape: readonly number[]): Resizer {
    const shape = sampleShape.join();
    if (this.resizer === undefined || this.resizerShape !== shape) {
      this.resizer = createResizer(this.options.resize, sampleShape, this.options.side);
      this.resizerShape = shape;
    }
    return this.resizer;
  }
}
