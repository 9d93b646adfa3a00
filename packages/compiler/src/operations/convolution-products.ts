import type { OnnxEmitter } from '../emitters/onnx-emitter.js';
import type { GraphBuilder } from '../graph/builder.js';
import type { Shape, Value } from '../graph/types.js';
import { defineOperation, type Preferences } from './definition.js';
import { gather } from './indexing.js';
import { matMul } from './matmul.js';
import { concat } from './movement/concat.js';
import { reshape } from './movement/reshape.js';
import { slice } from './movement/slice.js';
import { transpose } from './movement/transpose.js';
import { outputSize, type Windows } from './window.js';

/*
 * Convolutions as matrix products, channels last. The patches of the image that the windows see become
 * the rows of a matrix; a convolution is that matrix times the filter, the filter's gradient is its
 * transpose times the gradient of the output, and both share the patches. The gradient of the input is a
 * convolution of the output's gradient for every remainder of a position modulo the stride.
 */

/**
 * Whether a convolution and the gradient of its filter are worth products: with few outputs these are too
 * narrow to win, and pixels of one or two numbers take too long to copy. `filter` is [height, width, inputs, outputs].
 */
export function worthProducts({ products }: Preferences, [, , inputs, outputs]: Shape): boolean {
  return products && inputs >= 3 && outputs >= fewChannels;
}

/** Whether the gradient of a convolution's input is. */
export function worthSpreading({ products }: Preferences, [, , inputs, outputs]: Shape): boolean {
  return products && inputs >= fewChannels && outputs >= fewChannels;
}

const fewChannels = 16;

export function convolveByProduct(graph: GraphBuilder, x: Value, filter: Value, windows: Windows): Value {
  const outputs = filter.shape[3];
  const rows = patchRows(graph, x, windows);
  const columns = reshape(graph, filter, { shape: [rows.shape[1], outputs] });
  return reshape(graph, product(graph, rows, columns), {
    shape: [x.shape[0], ...outputSize(x.shape[1], x.shape[2], windows), outputs],
  });
}

export function correlateByProduct(graph: GraphBuilder, x: Value, dy: Value, windows: Windows): Value {
  const [inputs, outputs] = [x.shape[3], dy.shape[3]];
  const rows = patchRows(graph, x, windows);
  const gradients = reshape(graph, dy, { shape: [rows.shape[0], outputs] });
  return reshape(graph, product(graph, rows, gradients, true), {
    shape: [...windows.window, inputs, outputs],
  });
}

/** `shape` is that of the images, [batch, height, width, inputs]. TensorFlow.js has this for windows without holes alone. */
export function spreadByProducts(
  graph: GraphBuilder,
  dy: Value,
  filter: Value,
  { window, strides, pads }: Windows,
  shape: Shape,
): Value {
  const [batch, height, width, inputs] = shape;
  const [kernelHeight, kernelWidth, , outputs] = filter.shape;
  // [height * width, outputs, inputs]: the filter's entries can be chosen and reordered as blocks.
  const taps = reshape(graph, transpose(graph, filter, { perm: [0, 1, 3, 2] }), {
    shape: [kernelHeight * kernelWidth, outputs, inputs],
  });
  const axis = (at: 0 | 1) =>
    Array.from({ length: strides[at] }, (_, remainder) =>
      windowOfRemainder(remainder, {
        taps: window[at],
        stride: strides[at],
        pad: pads[at],
        length: dy.shape[1 + at],
        count: Math.ceil(shape[1 + at] / strides[at]),
      }),
    );
  const [down, across] = [axis(0), axis(1)];
  const [rowCount, columnCount] = [Math.ceil(height / strides[0]), Math.ceil(width / strides[1])];

  const pixels = (vertical: RemainderWindow, horizontal: RemainderWindow): Value => {
    const chosen = vertical.taps.flatMap((y) => horizontal.taps.map((x) => y * kernelWidth + x));
    if (chosen.length === 0) return graph.fill(0, [batch, rowCount, columnCount, inputs]);
    const index = graph.constant(Int32Array.from(chosen), [chosen.length], 'int32');
    const entries = reshape(graph, gather(graph, taps, index, { axis: 0 }), {
      shape: [chosen.length * outputs, inputs],
    });
    const rows = patchRows(graph, dy, {
      window: [vertical.taps.length, horizontal.taps.length],
      strides: [1, 1],
      dilations: [1, 1],
      pads: [vertical.pads[0], horizontal.pads[0], vertical.pads[1], horizontal.pads[1]],
    });
    return reshape(graph, product(graph, rows, entries), { shape: [batch, rowCount, columnCount, inputs] });
  };

  // Neighbours in a row lie side by side in the last axis, then whole rows do.
  const rows = down.map((vertical) => {
    const row = across.map((horizontal) => pixels(vertical, horizontal));
    return reshape(graph, concatenate(graph, row, 3), {
      shape: [batch, rowCount, columnCount * strides[1] * inputs],
    });
  });
  const whole = reshape(graph, concatenate(graph, rows, 2), {
    shape: [batch, rowCount * strides[0], columnCount * strides[1], inputs],
  });
  return slice(graph, whole, { begin: [0, 0, 0, 0], size: shape });
}

/** Along one axis: the filter's entries that reach positions of one remainder, and how they lie on the output. */
interface RemainderWindow {
  /** In the order in which they lie on the output, so the last entry of the filter first. */
  readonly taps: readonly number[];
  /** Zeros before and after; a negative number leaves entries out. */
  readonly pads: readonly [number, number];
}

interface AxisGeometry {
  readonly taps: number;
  readonly stride: number;
  readonly pad: number;
  /** Length of the output's gradient, and positions of one remainder. */
  readonly length: number;
  readonly count: number;
}

/** Output `o` reaches input `o * stride + tap - pad`; here for the inputs `at * stride + remainder`. */
function windowOfRemainder(
  remainder: number,
  { taps, stride, pad, length, count }: AxisGeometry,
): RemainderWindow {
  const offset = (tap: number) => (remainder + pad - tap) / stride;
  const reaching = Array.from({ length: taps }, (_, tap) => tap)
    .filter((tap) => Number.isInteger(offset(tap)))
    .reverse();
  if (reaching.length === 0) return { taps: [], pads: [0, 0] };
  const first = offset(reaching[0]);
  return { taps: reaching, pads: [-first, first + count + reaching.length - 1 - length] };
}

const concatenate = (graph: GraphBuilder, values: readonly Value[], axis: number) =>
  values.length === 1 ? values[0] : concat(graph, ...values, { axis });

const product = (graph: GraphBuilder, a: Value, b: Value, transposeA = false) =>
  matMul(graph, a, b, { transposeA, transposeB: false });

/** One row for every position of the window: the entries that it sees, channels fastest. */
function patchRows(graph: GraphBuilder, x: Value, windows: Windows): Value {
  const [batch, height, width, channels] = x.shape;
  const [rows, columns] = outputSize(height, width, windows);
  const seen = windows.window[0] * windows.window[1] * channels;
  const onePixel = seen === channels && rows === height && columns === width;
  return onePixel
    ? reshape(graph, x, { shape: [batch * rows * columns, seen] })
    : extractPatches(graph, x, { ...windows, again: false });
}

/**
 * What every window sees of an image: [batch, height, width, channels] to [batch * rows * columns,
 * window height * window width * channels]. Outside the image it sees zeros.
 *
 * `again` tells patches apart that are made a second time, in order not to be kept, for equal operations become one.
 */
export const extractPatches = defineOperation<Windows & Readonly<{ again: boolean }>, [x: Value]>({
  name: 'ExtractPatches',
  traits: { zeroFactor: true },
  infer: ([x], windows) => {
    const [batch, height, width, channels] = x.shape;
    const { window } = windows;
    const [rows, columns] = outputSize(height, width, windows);
    return { shape: [batch * rows * columns, window[0] * window[1] * channels], dtype: x.dtype };
  },
  onnx: { emit: gatherPixels },
});

/** Copies whole pixels; the zeros outside the image are one more pixel at its end. */
function gatherPixels(
  onnx: OnnxEmitter,
  { attributes: windows, inputs: [x], shape }: Value<Windows>,
  [name]: readonly string[],
) {
  const [batch, height, width, channels] = x.shape;
  const { index, seesOutside } = onnx.once(pixelKey(x.shape, windows), () => {
    const positions = pixelIndex(x.shape, windows);
    return {
      index: onnx.constant(positions, [positions.length], 'int32'),
      seesOutside: positions.includes(height * width),
    };
  });
  let pixels = onnx.node('Reshape', [name, onnx.integers([batch, height * width, channels])]);
  if (seesOutside) pixels = onnx.node('Pad', [pixels, onnx.integers([0, 0, 0, 0, 1, 0]), onnx.scalar(0)]);
  const patches = onnx.node('Gather', [pixels, index], { axis: 1 });
  return onnx.node('Reshape', [patches, onnx.integers(shape)]);
}

const pixelKey = ([, height, width]: Shape, { window, strides, dilations, pads }: Windows) =>
  `pixels ${JSON.stringify([height, width, window, strides, dilations, pads])}`;

/** For every window and every entry of it the pixel that lies there; one past the last for none. */
function pixelIndex([, height, width]: Shape, windows: Windows): Int32Array {
  const { window, strides, dilations, pads } = windows;
  const [rows, columns] = outputSize(height, width, windows);
  const index = new Int32Array(rows * columns * window[0] * window[1]);
  let at = 0;
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      for (let down = 0; down < window[0]; down++)
        for (let across = 0; across < window[1]; across++) {
          const y = row * strides[0] + down * dilations[0] - pads[0];
          const x = column * strides[1] + across * dilations[1] - pads[1];
          const inside = y >= 0 && y < height && x >= 0 && x < width;
          index[at++] = inside ? y * width + x : height * width;
        }
  return index;
}
