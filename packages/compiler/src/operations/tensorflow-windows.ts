import type { TensorFlowEmitter } from '../emitters/tensorflow-emitter.js';
import { ofFloat32, type, type NodeAttribute } from '../emitters/tensorflow-nodes.js';
import { sizeOf } from '../graph/shape.js';
import type { Shape, Value } from '../graph/types.js';
import { span, type Windows } from './window.js';

type NodeAttributes = Readonly<Record<string, NodeAttribute>>;

/** What `padding: 'SAME'` pads: as much as gives ceil(size / stride) results, the odd one at the end. */
function samePads({ window, strides, dilations }: Windows, [, ...sizes]: Shape): number[] {
  const [vertical, horizontal] = [0, 1].map((axis) => {
    const reach = (Math.ceil(sizes[axis] / strides[axis]) - 1) * strides[axis];
    const total = Math.max(0, reach + span(window[axis], dilations[axis]) - sizes[axis]);
    return [Math.floor(total / 2), Math.ceil(total / 2)];
  });
  return [vertical[0], horizontal[0], vertical[1], horizontal[1]];
}

function isPadded({ pads }: Windows): boolean {
  return pads.some((pad) => pad !== 0);
}

/** The padding in TensorFlow's words, or undefined where it has none for it. */
function namedPadding(windows: Windows, images: Shape): 'SAME' | 'VALID' | undefined {
  if (!isPadded(windows)) return 'VALID';
  return samePads(windows, images).every((pad, at) => pad === windows.pads[at]) ? 'SAME' : undefined;
}

/** Attributes of a convolution over images of the given shape. */
function convolutionAttributes(windows: Windows, images: Shape): NodeAttributes {
  const { strides, dilations, pads } = windows;
  const padding = namedPadding(windows, images);
  return {
    ...ofFloat32,
    strides: [1, ...strides, 1],
    dilations: [1, ...dilations, 1],
    padding: padding ?? 'EXPLICIT',
    ...(padding === undefined && {
      explicit_paddings: [0, 0, pads[0], pads[2], pads[1], pads[3], 0, 0],
    }),
  };
}

/** The three convolutions, as TensorFlow names them. Images are [batch, height, width, channels]. */
export function emitConvolution(
  tensorflow: TensorFlowEmitter,
  { attributes: windows, inputs: [x] }: Value<Windows>,
  operands: readonly string[],
): string {
  return tensorflow.node('Conv2D', operands, convolutionAttributes(windows, x.shape));
}

export function emitConvolutionBackToInput(
  tensorflow: TensorFlowEmitter,
  { attributes: windows, shape }: Value<Windows>,
  [dy, filter]: readonly string[],
): string {
  return tensorflow.node(
    'Conv2DBackpropInput',
    [tensorflow.integers(shape), filter, dy],
    convolutionAttributes(windows, shape),
  );
}

export function emitConvolutionBackToFilter(
  tensorflow: TensorFlowEmitter,
  { attributes: windows, inputs: [x], shape }: Value<Windows>,
  [images, dy]: readonly string[],
): string {
  return tensorflow.node(
    'Conv2DBackpropFilter',
    [images, tensorflow.integers(shape), dy],
    convolutionAttributes(windows, x.shape),
  );
}

/** TensorFlow's depthwise kernels take equal strides and no dilation. */
function isPlain({ strides, dilations }: Windows): boolean {
  return strides[0] === strides[1] && dilations.every((dilation) => dilation === 1);
}

/**
 * The other depthwise convolutions as full ones: a filter [height, width, channels, multiplier] becomes
 * [height, width, channels, channels * multiplier], with zeros where an output has no part of a channel.
 */
function ownChannels(tensorflow: TensorFlowEmitter, channels: number): string {
  const identity = Float32Array.from({ length: channels ** 2 }, (_, at) => Number(at % (channels + 1) === 0));
  return tensorflow.constant(identity, [channels, channels, 1], 'float32');
}

function fullFilter(
  tensorflow: TensorFlowEmitter,
  filter: string,
  [height, width, channels, multiplier]: Shape,
) {
  const apart = tensorflow.node(
    'Reshape',
    [filter, tensorflow.integers([height, width, channels, 1, multiplier])],
    ofFloat32,
  );
  const masked = tensorflow.node('Mul', [apart, ownChannels(tensorflow, channels)], ofFloat32);
  const shape = [height, width, channels, channels * multiplier];
  return tensorflow.node('Reshape', [masked, tensorflow.integers(shape)], ofFloat32);
}

export function emitDepthwise(
  tensorflow: TensorFlowEmitter,
  { attributes: windows, inputs: [images, filters] }: Value<Windows>,
  [x, filter]: readonly string[],
): string {
  const attributes = convolutionAttributes(windows, images.shape);
  return isPlain(windows)
    ? tensorflow.node('DepthwiseConv2dNative', [x, filter], attributes)
    : tensorflow.node('Conv2D', [x, fullFilter(tensorflow, filter, filters.shape)], attributes);
}

export function emitDepthwiseBackToInput(
  tensorflow: TensorFlowEmitter,
  { attributes: windows, inputs: [, filters], shape }: Value<Windows>,
  [dy, filter]: readonly string[],
): string {
  const attributes = convolutionAttributes(windows, shape);
  const size = tensorflow.integers(shape);
  if (isPlain(windows))
    return tensorflow.node('DepthwiseConv2dNativeBackpropInput', [size, filter, dy], attributes);
  const full = fullFilter(tensorflow, filter, filters.shape);
  return tensorflow.node('Conv2DBackpropInput', [size, full, dy], attributes);
}

export function emitDepthwiseBackToFilter(
  tensorflow: TensorFlowEmitter,
  { attributes: windows, inputs: [images], shape }: Value<Windows>,
  [x, dy]: readonly string[],
): string {
  const attributes = convolutionAttributes(windows, images.shape);
  if (isPlain(windows)) {
    const operands = [x, tensorflow.integers(shape), dy];
    return tensorflow.node('DepthwiseConv2dNativeBackpropFilter', operands, attributes);
  }
  const [height, width, channels, multiplier] = shape;
  const fullSize = tensorflow.integers([height, width, channels, channels * multiplier]);
  const full = tensorflow.node('Conv2DBackpropFilter', [x, fullSize, dy], attributes);
  const apart = tensorflow.integers([height, width, channels, channels, multiplier]);
  const split = tensorflow.node('Reshape', [full, apart], ofFloat32);
  const masked = tensorflow.node('Mul', [split, ownChannels(tensorflow, channels)], ofFloat32);
  return tensorflow.node('Sum', [masked, tensorflow.integers([3])], ofFloat32);
}

const poolingAttributes = ({ window, strides }: Windows, padding: 'SAME' | 'VALID'): NodeAttributes => ({
  ...ofFloat32,
  ksize: [1, ...window, 1],
  strides: [1, ...strides, 1],
  padding,
});

/** Rows and columns around the images, of the given number. */
function padded(tensorflow: TensorFlowEmitter, x: string, { pads }: Windows, filling: number): string {
  const paddings = tensorflow.integers([0, 0, pads[0], pads[2], pads[1], pads[3], 0, 0], [4, 2]);
  return tensorflow.node('PadV2', [x, paddings, tensorflow.scalar(filling)], ofFloat32);
}

const paddedShape = ([batch, height, width, channels]: Shape, { pads }: Windows) => [
  batch,
  height + pads[0] + pads[2],
  width + pads[1] + pads[3],
  channels,
];

/** The part of padded images that is not padding. */
function unpadded(tensorflow: TensorFlowEmitter, x: string, { pads }: Windows, shape: Shape): string {
  const operands = [x, tensorflow.integers([0, pads[0], pads[1], 0]), tensorflow.integers(shape)];
  return tensorflow.node('Slice', operands, { ...ofFloat32, Index: type('int32') });
}

export function emitMaxPool(
  tensorflow: TensorFlowEmitter,
  { attributes: windows, inputs: [images] }: Value<Windows>,
  [x]: readonly string[],
): string {
  const padding = namedPadding(windows, images.shape);
  if (padding !== undefined) return tensorflow.node('MaxPool', [x], poolingAttributes(windows, padding));
  const wide = padded(tensorflow, x, windows, -Infinity);
  return tensorflow.node('MaxPool', [wide], poolingAttributes(windows, 'VALID'));
}

/** The gradient goes to the first maximum of each window. */
export function emitMaxPoolGradient(
  tensorflow: TensorFlowEmitter,
  { attributes: windows, inputs: [, images], shape }: Value<Windows>,
  [dy, x]: readonly string[],
): string {
  const padding = namedPadding(windows, images.shape);
  const input = padding === undefined ? padded(tensorflow, x, windows, -Infinity) : x;
  const pooling = poolingAttributes(windows, padding ?? 'VALID');
  const maxima = tensorflow.node('MaxPool', [input], pooling);
  const gradient = tensorflow.node('MaxPoolGrad', [input, maxima, dy], pooling);
  return padding === undefined ? unpadded(tensorflow, gradient, windows, shape) : gradient;
}

export function emitAveragePool(
  tensorflow: TensorFlowEmitter,
  { attributes: windows, inputs: [images], shape: [, height, width] }: Value<Windows>,
  [x]: readonly string[],
): string {
  const padding = namedPadding(windows, images.shape);
  if (padding !== undefined) return tensorflow.node('AvgPool', [x], poolingAttributes(windows, padding));
  // Padding does not count: the average over the window times its size, divided by what lies inside.
  const wide = padded(tensorflow, x, windows, 0);
  const average = tensorflow.node('AvgPool', [wide], poolingAttributes(windows, 'VALID'));
  const inside = (axis: 0 | 1, at: number) => {
    const begin = at * windows.strides[axis] - windows.pads[axis];
    return Math.min(images.shape[1 + axis], begin + windows.window[axis]) - Math.max(0, begin);
  };
  const corrections = Float32Array.from({ length: height * width }, (_, at) => {
    const count = inside(0, Math.floor(at / width)) * inside(1, at % width);
    return sizeOf(windows.window) / count;
  });
  const factor = tensorflow.constant(corrections, [1, height, width, 1], 'float32');
  return tensorflow.node('Mul', [average, factor], ofFloat32);
}

/** As in TensorFlow.js, each window's gradient is divided by its full size, padding included. */
export function emitAveragePoolGradient(
  tensorflow: TensorFlowEmitter,
  { attributes: windows, shape }: Value<Windows>,
  [dy]: readonly string[],
): string {
  const wide = tensorflow.integers(paddedShape(shape, windows));
  const gradient = tensorflow.node('AvgPoolGrad', [wide, dy], poolingAttributes(windows, 'VALID'));
  return isPadded(windows) ? unpadded(tensorflow, gradient, windows, shape) : gradient;
}
