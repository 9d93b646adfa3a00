import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { spread } from './doctor/operation-check.js';
import { installSecondOrderGradients, uninstallSecondOrderGradients } from './index.js';

beforeAll(installSecondOrderGradients);
afterAll(uninstallSecondOrderGradients);

/** An operation that is linear in x: its gradient must be its transpose, <A x, v> = <x, A^T v>. */
type LinearCase = [title: string, shape: number[], operation: (x: tf.Tensor) => tf.Tensor];

const poolings = [1, 2, 3].flatMap((stride) =>
  [2, 3].flatMap((window) =>
    (['valid', 'same', 1] as const).map((pad): LinearCase => {
      const rounding = typeof pad === 'number' ? 'floor' : undefined;
      return [
        `avgPool, window ${window}, stride ${stride}, padding ${pad}`,
        [2, 5, 7, 2],
        (x) => tf.avgPool(x as tf.Tensor4D, window, stride, pad, rounding),
      ];
    }),
  ),
);

const resizings = [
  [2, 3],
  [5, 7],
  [10, 14],
  [13, 1],
].flatMap(([height, width]) =>
  [
    [false, false],
    [true, false],
    [false, true],
  ].flatMap(([align, half]): LinearCase[] => [
    [
      `resizeBilinear to ${height} x ${width}, alignCorners ${align}, halfPixelCenters ${half}`,
      [2, 5, 7, 2],
      (x) => tf.image.resizeBilinear(x as tf.Tensor4D, [height, width], align, half),
    ],
    [
      `resizeNearestNeighbor to ${height} x ${width}, alignCorners ${align}, halfPixelCenters ${half}`,
      [2, 5, 7, 2],
      (x) => tf.image.resizeNearestNeighbor(x as tf.Tensor4D, [height, width], align, half),
    ],
  ]),
);

/** Windows that are not square, padded by numbers, in every rounding. */
const roundings = (['floor', 'round', 'ceil'] as const).flatMap((rounding) =>
  [
    [2, 3],
    [3, 2],
    [3, 3],
  ].flatMap(([height, width]): LinearCase[] => {
    const how = `window ${height} x ${width}, padding 1, ${rounding}`;
    const size: [number, number] = [height, width];
    const filter = (channels: number) =>
      tf.tensor4d(Float32Array.from(spread([height, width, 2, channels], -1, 1, 3).values), [
        height,
        width,
        2,
        channels,
      ]);
    return [
      [`avgPool, ${how}`, [1, 6, 6, 2], (x) => tf.avgPool(x as tf.Tensor4D, size, 2, 1, rounding)],
      [
        `conv2d, ${how}`,
        [1, 6, 7, 2],
        (x) => tf.conv2d(x as tf.Tensor4D, filter(3), 2, 1, 'NHWC', 1, rounding),
      ],
      [
        `depthwiseConv2d, ${how}`,
        [1, 6, 7, 2],
        (x) => tf.depthwiseConv2d(x as tf.Tensor4D, filter(2), 2, 1, 'NHWC', 1, rounding),
      ],
    ];
  }),
);

const dilations = (['valid', 'same', 2] as const).flatMap((pad): LinearCase[] => {
  const filter = () => tf.tensor4d(Float32Array.from(spread([3, 2, 2, 2], -1, 1, 3).values), [3, 2, 2, 2]);
  return [
    [
      `conv2d, dilated 2 x 3, padding ${pad}`,
      [1, 8, 7, 2],
      (x) => tf.conv2d(x as tf.Tensor4D, filter(), 1, pad, 'NHWC', [2, 3]),
    ],
    [
      `depthwiseConv2d, dilated 2 x 3, padding ${pad}`,
      [1, 8, 7, 2],
      (x) => tf.depthwiseConv2d(x as tf.Tensor4D, filter(), 1, pad, 'NHWC', [2, 3]),
    ],
  ];
});

const cases: LinearCase[] = [
  ['topk of one entry', [3, 1], (x) => tf.topk(x, 1).values],
  ...poolings,
  ...roundings,
  ...dilations,
  [
    'avgPool of sizes that no window reaches, rounded up',
    [1, 4, 6, 1],
    (x) => tf.avgPool(x as tf.Tensor4D, 3, 2, 1, 'ceil'),
  ],
  ...resizings,
  ['tile of rank 6', [1, 2, 1, 3, 2, 1], (x) => tf.tile(x, [2, 1, 3, 2, 1, 2])],
  ['tile that repeats nothing', [2, 3], (x) => tf.tile(x, [1, 1])],
  [
    'mirrorPad on every axis',
    [3, 4, 2],
    (x) =>
      tf.mirrorPad(
        x,
        [
          [2, 1],
          [0, 3],
          [1, 1],
        ],
        'reflect',
      ),
  ],
  [
    'gather along a middle axis',
    [2, 4, 3],
    (x) =>
      tf.gather(
        x,
        tf.tensor2d(
          [
            [3, 0],
            [3, 1],
          ],
          [2, 2],
          'int32',
        ),
        1,
      ),
  ],
  [
    'gather in batches of rows',
    [2, 4, 3],
    (x) =>
      tf.gather(
        x,
        tf.tensor2d(
          [
            [3, 0, 3],
            [1, 1, 2],
          ],
          [2, 3],
          'int32',
        ),
        1,
        1,
      ),
  ],
  ['cumsum along the first axis of a square matrix', [3, 3], (x) => tf.cumsum(x, 0, true)],
  ['depthToSpace', [2, 2, 3, 12], (x) => tf.depthToSpace(x as tf.Tensor4D, 2)],
];

test.each(cases)('the gradient of %s is its transpose', (_title, shape, operation) => {
  tf.tidy(() => {
    const x = tf.tensor(spread(shape, -1, 1).values, shape);
    const output = operation(x);
    const v = tf.tensor(spread(output.shape, -1, 1, 11).values, output.shape);
    const transposed = tf.grad(operation)(x, v);
    const forward = tf.sum(tf.mul(output, v)).dataSync()[0];
    const backward = tf.sum(tf.mul(x, transposed)).dataSync()[0];
    const scale = Math.sqrt(output.size);
    expect(Math.abs(forward - backward) / scale).toBeLessThan(1e-6);
    // A transpose that lost entries could still pass by chance: it has to reach the norm's order of magnitude.
    expect(tf.norm(transposed).dataSync()[0]).toBeGreaterThan(0);
  });
});
