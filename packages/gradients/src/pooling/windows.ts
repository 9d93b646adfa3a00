import * as tf from '@tensorflow/tfjs-core';
import type { Attributes } from '../registry/gradient-definitions.js';

/** Where the windows of a two-dimensional pooling lie on its input [batch, height, width, channels]. */
export interface PoolingWindows {
  readonly windowHeight: number;
  readonly windowWidth: number;
  readonly strideHeight: number;
  readonly strideWidth: number;
  readonly outHeight: number;
  readonly outWidth: number;
  /** Explicit padding after which the same windows are those of a pooling without padding. */
  readonly paddings: [[number, number], [number, number], [number, number], [number, number]];
  readonly padded: boolean;
}

type Window = number | [number, number];

export function poolingWindows(inputShape: number[], attributes: Attributes): PoolingWindows {
  const info = tf.backend_util.computePool2DInfo(
    inputShape as [number, number, number, number],
    attributes['filterSize'] as Window,
    attributes['strides'] as Window,
    1,
    attributes['pad'] as 'valid' | 'same' | number,
    attributes['dimRoundingMode'] as 'floor' | 'round' | 'ceil' | undefined,
  );
  const { top, left } = info.padInfo;
  const spanHeight = (info.outHeight - 1) * info.strideHeight + info.filterHeight;
  const spanWidth = (info.outWidth - 1) * info.strideWidth + info.filterWidth;
  const bottom = Math.max(0, spanHeight - info.inHeight - top);
  const right = Math.max(0, spanWidth - info.inWidth - left);
  return {
    windowHeight: info.filterHeight,
    windowWidth: info.filterWidth,
    strideHeight: info.strideHeight,
    strideWidth: info.strideWidth,
    outHeight: info.outHeight,
    outWidth: info.outWidth,
    paddings: [
      [0, 0],
      [top, bottom],
      [left, right],
      [0, 0],
    ],
    padded: top + bottom + left + right > 0,
  };
}

/** Pads explicitly with `value`; returns the tensor itself where there is nothing to pad. */
export function padToWindows(tensor: tf.Tensor, windows: PoolingWindows, value: number): tf.Tensor {
  return windows.padded ? tf.pad(tensor, windows.paddings, value) : tensor;
}
