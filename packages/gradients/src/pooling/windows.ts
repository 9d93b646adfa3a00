import { GradientError } from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import type { Attributes } from '../registry/gradient-definitions.js';

/** Along one axis of the images: the windows, and how much of them lies outside. */
interface AxisWindows {
  readonly size: number;
  readonly window: number;
  readonly stride: number;
  readonly count: number;
  /** Padding before the first entry. */
  readonly before: number;
  /** Padding behind the last entry; negative where the last windows end before it. */
  readonly after: number;
}

/** Where the windows of a two-dimensional pooling lie on its input [batch, height, width, channels]. */
export interface PoolingWindows {
  readonly rows: AxisWindows;
  readonly columns: AxisWindows;
}

type Window = number | [number, number];

/** @throws GradientError where a window sees padding alone: TensorFlow.js pools that to -Infinity or NaN. */
export function poolingWindows(
  kernelName: string,
  inputShape: number[],
  attributes: Attributes,
): PoolingWindows {
  const info = tf.backend_util.computePool2DInfo(
    inputShape as [number, number, number, number],
    attributes['filterSize'] as Window,
    attributes['strides'] as Window,
    1,
    attributes['pad'] as 'valid' | 'same' | number,
    attributes['dimRoundingMode'] as 'floor' | 'round' | 'ceil' | undefined,
  );
  const axis = (size: number, window: number, stride: number, count: number, before: number) => ({
    size,
    window,
    stride,
    count,
    before,
    after: (count - 1) * stride + window - size - before,
  });
  const { top, left } = info.padInfo;
  const windows = {
    rows: axis(info.inHeight, info.filterHeight, info.strideHeight, info.outHeight, top),
    columns: axis(info.inWidth, info.filterWidth, info.strideWidth, info.outWidth, left),
  };
  for (const { window, before, after } of [windows.rows, windows.columns]) {
    if (before < window && after < window) continue;
    throw new GradientError(
      `the gradient of ${kernelName} was asked for where a window of ${window} would see padding alone ` +
        `(${before} before, ${after} after); pad less, or round the size down`,
      kernelName,
    );
  }
  return windows;
}

/** Whether the windows cover the images and nothing else. */
export function coverExactly({ rows, columns }: PoolingWindows): boolean {
  return [rows, columns].every(({ before, after }) => before === 0 && after === 0);
}

/** The images cut and padded with `value` to what the windows span, so that they need no padding of their own. */
export function toSpan(images: tf.Tensor, windows: PoolingWindows, value: number): tf.Tensor {
  if (coverExactly(windows)) return images;
  const { rows, columns } = windows;
  const [batch, height, width, channels] = images.shape as [number, number, number, number];
  const seen = [batch, height + Math.min(0, rows.after), width + Math.min(0, columns.after), channels];
  return tf.pad(tf.slice(images, [0, 0, 0, 0], seen), around(windows), value);
}

/** The transpose of {@link toSpan}: padding is cut off, and what no window saw is zero. */
export function fromSpan(span: tf.Tensor, shape: number[], windows: PoolingWindows): tf.Tensor {
  if (coverExactly(windows)) return span;
  const { rows, columns } = windows;
  const seen = [
    shape[0],
    shape[1] + Math.min(0, rows.after),
    shape[2] + Math.min(0, columns.after),
    shape[3],
  ];
  const images = tf.slice(span, [0, rows.before, columns.before, 0], seen);
  return tf.pad(
    images,
    shape.map((size, axis) => [0, size - seen[axis]]),
  );
}

function around({ rows, columns }: PoolingWindows): [number, number][] {
  return [
    [0, 0],
    [rows.before, Math.max(0, rows.after)],
    [columns.before, Math.max(0, columns.after)],
    [0, 0],
  ];
}

/** Window size over the number of its entries inside the image, [1, outHeight, outWidth, 1]. */
export function fullOverInsideCount({ rows, columns }: PoolingWindows): tf.Tensor {
  const [inRow, inColumn] = [insideCounts(rows), insideCounts(columns)];
  const ratios = inRow.flatMap((row) =>
    inColumn.map((column) => (rows.window * columns.window) / (row * column)),
  );
  return tf.tensor(ratios, [1, rows.count, columns.count, 1]);
}

function insideCounts({ size, window, stride, count, before }: AxisWindows): number[] {
  return Array.from({ length: count }, (_, at) => {
    const start = at * stride - before;
    return Math.min(size, start + window) - Math.max(0, start);
  });
}
