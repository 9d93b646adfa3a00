import * as tf from '@tensorflow/tfjs-core';
import { type CheckArgument, type OperationCheck, argument, spread } from '../operation-check.js';
import {
  type ImageSize,
  type WindowGrid,
  averagePooling,
  bilinearSampling,
  convolution,
  depthwiseConvolution,
  maxPooling,
  transposedConvolution,
} from '../reference/images.js';

/** Distinct entries at least 0.3 apart, so that no maximum changes place. */
const poolingImage = argument(
  [1, 3, 4, 1],
  [0.4, -1.1, 1.9, 0.7, 2.5, -0.8, -2.0, 1.3, -0.2, 1.6, 0.1, -1.5].map((value) => value * 1.2),
);
const poolingSize: ImageSize = { height: 3, width: 4, channels: 1 };
const valid: WindowGrid = { window: 2, stride: 1, before: 0, outHeight: 2, outWidth: 3 };
/** 'same' with window 3 and stride 2 on 3 x 4: one row above and below, and one column to the right alone. */
const same: WindowGrid = { window: 2, stride: 2, before: 0, outHeight: 2, outWidth: 2 };

const convolutionImage = spread([1, 3, 3, 1], -1, 1);
const convolutionFilter = spread([2, 2, 1, 2], -1, 1, 5);
const convolutionSize: ImageSize = { height: 3, width: 3, channels: 1 };
/** 'same' with window 2 and stride 2 on 3 x 3: padded below and to the right. */
const strided: WindowGrid = { window: 2, stride: 2, before: 0, outHeight: 2, outWidth: 2 };

const convolutionBias = argument([2], [0.3, -0.2]);

const depthwiseImage = spread([1, 2, 3, 2], -1, 1);
const depthwiseFilter = spread([2, 2, 2, 1], -1, 1, 5);
const depthwiseSize: ImageSize = { height: 2, width: 3, channels: 2 };
const depthwiseGrid: WindowGrid = { window: 2, stride: 1, before: 0, outHeight: 1, outWidth: 2 };

const transposedImage = spread([1, 2, 2, 2], -1, 1);

const convolutionChecks = [0, 1].flatMap((penalised): OperationCheck[] => {
  const role = penalised === 0 ? 'input' : 'filter';
  return [
    {
      operation: `conv2d (${role})`,
      arguments: [convolutionImage, convolutionFilter],
      penalised,
      forward: (image, filter) => tf.conv2d(image as tf.Tensor4D, filter as tf.Tensor4D, 2, 'same'),
      reference: (image, filter) => convolution(image, filter, convolutionSize, strided, 2),
    },
    {
      operation: `fused conv2d (${role})`,
      arguments: [convolutionImage, convolutionFilter, convolutionBias],
      penalised,
      forward: (image, filter, bias) =>
        tf.fused.conv2d({
          x: image as tf.Tensor4D,
          filter: filter as tf.Tensor4D,
          strides: 2,
          pad: 'same',
          bias,
        }),
      reference: (image, filter, bias) =>
        convolution(image, filter, convolutionSize, strided, 2).map(
          (value, index) => value + bias[index % 2],
        ),
    },
    {
      operation: `conv2dTranspose (${role})`,
      arguments: [transposedImage, convolutionFilter],
      penalised,
      forward: (image, filter) =>
        tf.conv2dTranspose(image as tf.Tensor4D, filter as tf.Tensor4D, [1, 3, 3, 1], 2, 'same'),
      reference: (image, filter) => transposedConvolution(image, filter, convolutionSize, strided, 2),
    },
    {
      operation: `depthwiseConv2d (${role})`,
      arguments: [depthwiseImage, depthwiseFilter],
      penalised,
      forward: (image, filter) => tf.depthwiseConv2d(image as tf.Tensor4D, filter as tf.Tensor4D, 1, 'valid'),
      reference: (image, filter) => depthwiseConvolution(image, filter, depthwiseSize, depthwiseGrid, 1),
    },
    {
      operation: `fused depthwiseConv2d (${role})`,
      arguments: [depthwiseImage, depthwiseFilter],
      penalised,
      forward: (image, filter) =>
        tf.fused.depthwiseConv2d({
          x: image as tf.Tensor4D,
          filter: filter as tf.Tensor4D,
          strides: 1,
          pad: 'valid',
        }),
      reference: (image, filter) => depthwiseConvolution(image, filter, depthwiseSize, depthwiseGrid, 1),
    },
  ];
});

/** Windows 3 x 3 in steps of 2 on 4 x 4: rounded up, a third row and column of windows sees what is left. */
const roundedUp: WindowGrid = { window: 3, stride: 2, before: 1, outHeight: 3, outWidth: 3 };
const roundedSize: ImageSize = { height: 4, width: 4, channels: 1 };
const roundedImage = spread([1, 4, 4, 1], -1, 1);
const roundedFilter = spread([3, 3, 1, 1], -1, 1, 5);

/** Windows 2 x 2 whose entries lie two rows apart. */
const dilated: WindowGrid = { window: 2, stride: 1, before: 0, outHeight: 2, outWidth: 3, dilation: [2, 1] };

/** Windows 2 x 1 on 3 x 3, padded by 1: TensorFlow.js counts columns as if the windows were square. */
const tall: WindowGrid = { window: [2, 1], stride: 1, before: 1, outHeight: 4, outWidth: 5 };
const tallFilter = spread([2, 1, 1, 2], -1, 1, 5);

const attributeChecks = [0, 1].flatMap((penalised): OperationCheck[] => {
  const role = penalised === 0 ? 'input' : 'filter';
  const onImages = (
    operation: string,
    filter: CheckArgument,
    forward: (image: tf.Tensor4D, filter: tf.Tensor4D) => tf.Tensor,
    reference: (image: Float64Array, filter: Float64Array) => ArrayLike<number>,
    image = roundedImage,
  ): OperationCheck => ({
    operation: `${operation} (${role})`,
    arguments: [image, filter],
    penalised,
    forward: (x, f) => forward(x as tf.Tensor4D, f as tf.Tensor4D),
    reference,
  });
  return [
    onImages(
      'conv2d, size rounded up',
      roundedFilter,
      (image, filter) => tf.conv2d(image, filter, 2, 1, 'NHWC', 1, 'ceil'),
      (image, filter) => convolution(image, filter, roundedSize, roundedUp, 1),
    ),
    onImages(
      'depthwiseConv2d, size rounded up',
      roundedFilter,
      (image, filter) => tf.depthwiseConv2d(image, filter, 2, 1, 'NHWC', 1, 'ceil'),
      (image, filter) => depthwiseConvolution(image, filter, roundedSize, roundedUp, 1),
    ),
    onImages(
      'conv2d, dilated',
      convolutionFilter,
      (image, filter) => tf.conv2d(image, filter, 1, 'valid', 'NHWC', [2, 1]),
      (image, filter) => convolution(image, filter, roundedSize, dilated, 2),
    ),
    onImages(
      'fused conv2d, dilated',
      convolutionFilter,
      (x, filter) => tf.fused.conv2d({ x, filter, strides: 1, pad: 'valid', dilations: [2, 1] }),
      (image, filter) => convolution(image, filter, roundedSize, dilated, 2),
    ),
    onImages(
      'depthwiseConv2d, dilated',
      convolutionFilter,
      (image, filter) => tf.depthwiseConv2d(image, filter, 1, 'valid', 'NHWC', [2, 1]),
      (image, filter) => depthwiseConvolution(image, filter, roundedSize, dilated, 2),
    ),
    onImages(
      'conv2d, window not square',
      tallFilter,
      (image, filter) => tf.conv2d(image, filter, 1, 1),
      (image, filter) => convolution(image, filter, convolutionSize, tall, 2),
      convolutionImage,
    ),
    onImages(
      'conv2d, channels first',
      convolutionFilter,
      (image, filter) => tf.conv2d(image, filter, 1, 'valid', 'NCHW'),
      (image, filter) => {
        const grid = { window: 2, stride: 1, before: 0, outHeight: 2, outWidth: 2 };
        const channelsLast = convolution(image, filter, convolutionSize, grid, 2);
        return [0, 2, 4, 6, 1, 3, 5, 7].map((index) => channelsLast[index]);
      },
      spread([1, 1, 3, 3], -1, 1),
    ),
  ];
});

/** Windows 3 x 2 in steps of 2 on 3 x 4, padded by 1: three columns of windows, where height counts for width two. */
const roundedPoolingChecks = (['ceil', 'floor'] as const).flatMap((rounding): OperationCheck[] => {
  const grid: WindowGrid = { window: [3, 2], stride: 2, before: 1, outHeight: 2, outWidth: 3 };
  return [
    {
      operation: `maxPool (window not square, ${rounding})`,
      arguments: [poolingImage],
      penalised: 0,
      forward: (image) => tf.maxPool(image as tf.Tensor4D, [3, 2], 2, 1, rounding),
      reference: (image) => maxPooling(image, poolingSize, grid),
    },
    {
      operation: `avgPool (window not square, ${rounding})`,
      arguments: [poolingImage],
      penalised: 0,
      forward: (image) => tf.avgPool(image as tf.Tensor4D, [3, 2], 2, 1, rounding),
      reference: (image) => averagePooling(image, poolingSize, grid),
    },
  ];
});

const poolingChecks = [
  { padding: 'valid' as const, stride: 1, grid: valid },
  { padding: 'same' as const, stride: 2, grid: same },
].flatMap(({ padding, stride, grid }): OperationCheck[] => [
  {
    operation: `avgPool (${padding})`,
    arguments: [poolingImage],
    penalised: 0,
    forward: (image) => tf.avgPool(image as tf.Tensor4D, 2, stride, padding),
    reference: (image) => averagePooling(image, poolingSize, grid),
  },
  {
    operation: `maxPool (${padding})`,
    arguments: [poolingImage],
    penalised: 0,
    forward: (image) => tf.maxPool(image as tf.Tensor4D, 2, stride, padding),
    reference: (image) => maxPooling(image, poolingSize, grid),
  },
]);

const wholeImage: WindowGrid = { window: 4, stride: 1, before: 0, outHeight: 1, outWidth: 1 };

const resizedImage = spread([1, 2, 3, 1], -1, 1);
const resizedSize: ImageSize = { height: 2, width: 3, channels: 1 };

/** Where each of the output rows and columns reads the 2 x 3 image, from the documented formula of each mode. */
const resizings = [
  { mode: '', align: false, half: false, rows: [0, 0.5, 1, 1.5], columns: [0, 0.75, 1.5, 2.25] },
  {
    mode: ', aligned corners',
    align: true,
    half: false,
    rows: [0, 1 / 3, 2 / 3, 1],
    columns: [0, 2 / 3, 4 / 3, 2],
  },
  {
    mode: ', half-pixel centers',
    align: false,
    half: true,
    rows: [0, 0.25, 0.75, 1],
    columns: [0, 0.625, 1.375, 2],
  },
];
const nearestResizings = [
  { mode: '', align: false, half: false, rows: [0, 0, 1, 1], columns: [0, 0, 1, 2] },
  { mode: ', aligned corners', align: true, half: false, rows: [0, 0, 1, 1], columns: [0, 1, 1, 2] },
  { mode: ', half-pixel centers', align: false, half: true, rows: [0, 0, 1, 1], columns: [0, 1, 1, 2] },
];

const resizingChecks: readonly OperationCheck[] = [
  ...resizings.map(({ mode, align, half, rows, columns }): OperationCheck => ({
    operation: `resizeBilinear (2 x 3 to 4 x 4${mode})`,
    arguments: [resizedImage],
    penalised: 0,
    forward: (image) => tf.image.resizeBilinear(image as tf.Tensor4D, [4, 4], align, half),
    reference: (image) => bilinearSampling(image, resizedSize, rows, columns),
  })),
  ...nearestResizings.map(({ mode, align, half, rows, columns }): OperationCheck => ({
    operation: `resizeNearestNeighbor (2 x 3 to 4 x 4${mode})`,
    arguments: [resizedImage],
    penalised: 0,
    forward: (image) => tf.image.resizeNearestNeighbor(image as tf.Tensor4D, [4, 4], align, half),
    reference: (image) => bilinearSampling(image, resizedSize, rows, columns),
  })),
];

export const imageChecks: readonly OperationCheck[] = [
  ...convolutionChecks,
  ...attributeChecks,
  ...poolingChecks,
  ...roundedPoolingChecks,
  {
    operation: 'maxPool (same, overlapping)',
    arguments: [poolingImage],
    penalised: 0,
    forward: (image) => tf.maxPool(image as tf.Tensor4D, 3, 1, 'same'),
    reference: (image) =>
      maxPooling(image, poolingSize, { window: 3, stride: 1, before: 1, outHeight: 3, outWidth: 4 }),
  },
  {
    operation: 'avgPool (same, overlapping)',
    arguments: [poolingImage],
    penalised: 0,
    forward: (image) => tf.avgPool(image as tf.Tensor4D, 3, 1, 'same'),
    reference: (image) =>
      averagePooling(image, poolingSize, { window: 3, stride: 1, before: 1, outHeight: 3, outWidth: 4 }),
  },
  {
    operation: 'global average pooling',
    arguments: [poolingImage],
    penalised: 0,
    forward: (image) => tf.mean(image, [1, 2]),
    reference: (image) => averagePooling(image, poolingSize, wholeImage),
  },
  {
    operation: 'global max pooling',
    arguments: [poolingImage],
    penalised: 0,
    forward: (image) => tf.max(image, [1, 2]),
    reference: (image) => maxPooling(image, poolingSize, wholeImage),
  },
  ...resizingChecks,
];
