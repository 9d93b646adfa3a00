import type { GraphBuilder } from '../graph/builder.js';
import type { Value } from '../graph/types.js';
import { transpose } from './movement/transpose.js';

/** How the windows of a convolution or pooling lie on an image [batch, height, width, channels]. */
export type Windows = Readonly<{
  /** Window height and width, in filter entries. */
  window: readonly [number, number];
  strides: readonly [number, number];
  dilations: readonly [number, number];
  /** Rows above, columns to the left, rows below, columns to the right. */
  pads: readonly [number, number, number, number];
}>;

/** Rows or columns that a window spans, holes of a dilation included. */
export const span = (window: number, dilation: number) => (window - 1) * dilation + 1;

/** Height and width of the result. */
export function outputSize(
  height: number,
  width: number,
  { window, strides, dilations, pads }: Windows,
): [number, number] {
  return [
    Math.floor((height + pads[0] + pads[2] - span(window[0], dilations[0])) / strides[0]) + 1,
    Math.floor((width + pads[1] + pads[3] - span(window[1], dilations[1])) / strides[1]) + 1,
  ];
}

/** [batch, height, width, channels] to [batch, channels, height, width]. */
export const toChannelsFirst = (graph: GraphBuilder, image: Value) =>
  transpose(graph, image, { perm: [0, 3, 1, 2] });
/** [batch, channels, height, width] to [batch, height, width, channels]. */
export const toChannelsLast = (graph: GraphBuilder, image: Value) =>
  transpose(graph, image, { perm: [0, 2, 3, 1] });
