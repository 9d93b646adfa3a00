import { backend_util } from '@tensorflow/tfjs-core';
import type { GraphBuilder } from '../graph/builder.js';
import { sameShape } from '../graph/shape.js';
import type { Shape, Value } from '../graph/types.js';
import { pad } from '../operations/movement/padding.js';
import { slice } from '../operations/movement/slice.js';
import type { Windows } from '../operations/window.js';

/** What TensorFlow.js says of windows. */
export interface WindowAttrs {
  readonly strides: [number, number] | number;
  readonly pad: 'valid' | 'same' | number | backend_util.ExplicitPadding;
  readonly dilations?: [number, number] | number | null;
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
  readonly dataFormat?: string;
}

export interface PoolingAttrs extends WindowAttrs {
  readonly filterSize: [number, number] | number;
}

type FourNumbers = [number, number, number, number];

/**
 * The windows of a TensorFlow.js kernel, with padding in numbers. Where TensorFlow.js makes the output
 * larger or smaller than its padding gives (it rounds up), the padding at the end is what gives that size.
 */
function windowsOf(info: backend_util.Conv2DInfo): Windows {
  if (info.outHeight < 1 || info.outWidth < 1) {
    throw new Error(
      `a window of ${info.effectiveFilterHeight} x ${info.effectiveFilterWidth} does not fit into images of ` +
        `${info.inHeight} x ${info.inWidth} with this padding: the result would be empty`,
    );
  }
  const end = (axis: 'Height' | 'Width', before: number, after: number) => {
    const reach = (info[`out${axis}`] - 1) * info[`stride${axis}`] + info[`effectiveFilter${axis}`];
    const needed = reach - info[`in${axis}`] - before;
    return needed <= after && after < needed + info[`stride${axis}`] ? after : needed;
  };
  const { top, left, bottom, right } = info.padInfo;
  return {
    window: [info.filterHeight, info.filterWidth],
    strides: [info.strideHeight, info.strideWidth],
    dilations: [info.dilationHeight, info.dilationWidth],
    pads: [top, left, end('Height', top, bottom), end('Width', left, right)],
  };
}

/** Of padding that is one number TensorFlow.js takes the height of a window and its steps for those of its width. */
function eachSide(pad: WindowAttrs['pad']): Exclude<WindowAttrs['pad'], number> {
  if (typeof pad !== 'number') return pad;
  return [
    [0, 0],
    [pad, pad],
    [pad, pad],
    [0, 0],
  ];
}

export function convolutionWindows(
  input: Shape,
  filter: Shape,
  { strides, pad, dilations, dimRoundingMode, dataFormat }: WindowAttrs,
  depthwise: boolean,
): Windows {
  if ((dataFormat ?? 'NHWC') !== 'NHWC')
    throw new Error(`convolutions need data format NHWC, got ${dataFormat}`);
  return windowsOf(
    backend_util.computeConv2DInfo(
      [...input] as FourNumbers,
      [...filter] as FourNumbers,
      strides,
      dilations ?? 1,
      eachSide(pad),
      dimRoundingMode,
      depthwise,
    ),
  );
}

/** @throws Error where a window would see padding alone: TensorFlow.js gives -Infinity or NaN there. */
export function poolingWindows(
  input: Shape,
  { filterSize, strides, pad, dimRoundingMode }: PoolingAttrs,
): Windows {
  const windows = windowsOf(
    backend_util.computePool2DInfo(
      [...input] as FourNumbers,
      filterSize,
      strides,
      1,
      eachSide(pad),
      dimRoundingMode,
    ),
  );
  const { window, pads } = windows;
  if (pads.some((padding, side) => padding >= window[side % 2])) {
    throw new Error(
      `a window of ${window.join(' x ')} would see padding alone (rows and columns above, left, below and right: ` +
        `${pads.join(', ')}); pad less, or round the size down`,
    );
  }
  return windows;
}

/** How the part of an image that the windows see is cut out of it, and laid back. */
export interface Seen {
  /** The windows on that part: no side has less than no padding. */
  readonly windows: Windows;
  /** Shape of that part. */
  readonly shape: Shape;
  readonly cut: (graph: GraphBuilder, image: Value) => Value;
  /** Zeros where no window was. */
  readonly layBack: (graph: GraphBuilder, part: Value) => Value;
}

/** The last rows and columns may lie beyond the last window: engines know no negative padding for that. */
export function seenBy(windows: Windows, whole: Shape): Seen {
  const [top, left, bottom, right] = windows.pads;
  const shape = [whole[0], whole[1] + Math.min(0, bottom), whole[2] + Math.min(0, right), whole[3]];
  const all = sameShape(shape, whole);
  const paddings = whole.map((size, axis) => [0, size - shape[axis]]);
  return {
    windows: { ...windows, pads: [top, left, Math.max(0, bottom), Math.max(0, right)] },
    shape,
    cut: (graph, image) => (all ? image : slice(graph, image, { begin: [0, 0, 0, 0], size: shape })),
    layBack: (graph, part) => (all ? part : pad(graph, part, { paddings, value: 0 })),
  };
}
