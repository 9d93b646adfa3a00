import * as tf from '@tensorflow/tfjs-core';
import { installSecondOrderGradients, uninstallSecondOrderGradients } from '@dist-gan/gradients';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TargetName } from '@dist-gan/core';
import { describeOnTargets, expectLikeEager } from '../../test/against-eager.js';
import { compile } from '../compile/compile.js';

type Tensors = Record<string, tf.Tensor>;

beforeAll(() => installSecondOrderGradients());
afterAll(() => uninstallSecondOrderGradients());

const sizeOf = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);
const wave = (length: number, phase: number) =>
  Float32Array.from({ length }, (_, at) => Math.sin(at * 2.3 + phase + (at % 7)));

/**
 * Value, both gradients, and the gradients of a penalty on the input's gradient with respect to both
 * operands, of a function of images and a filter.
 */
function uptoSecondOrder(fn: (x: tf.Tensor, filter: tf.Tensor) => tf.Tensor) {
  return ({ x, filter }: Tensors): Tensors => {
    const readOut = (a: tf.Tensor, b: tf.Tensor) => tf.sum(tf.square(fn(a, b)));
    const [dx, dFilter] = tf.grads(readOut)([x, filter]);
    const penalty = (a: tf.Tensor, b: tf.Tensor) =>
      tf.sum(tf.square(tf.grad((at: tf.Tensor) => readOut(at, b))(a)));
    const [ddx, ddFilter] = tf.grads(penalty)([x, filter]);
    return { value: fn(x, filter), dx, dFilter, ddx, ddFilter };
  };
}

async function check(
  target: TargetName,
  fn: (x: tf.Tensor, filter: tf.Tensor) => tf.Tensor,
  x: number[],
  filter: number[],
): Promise<void> {
  await expectLikeEager({
    target,
    fn: uptoSecondOrder(fn),
    inputs: { x: { shape: x }, filter: { shape: filter } },
    feeds: () => ({ x: wave(sizeOf(x), 0.2), filter: wave(sizeOf(filter), 0.9) }),
    tolerance: 1e-5,
  });
}

const stride = fc.integer({ min: 1, max: 3 });
const window = fc.integer({ min: 1, max: 5 });
const geometry = fc.record({
  height: fc.integer({ min: 5, max: 8 }),
  width: fc.integer({ min: 5, max: 8 }),
  windowHeight: window,
  windowWidth: window,
  strides: fc.tuple(stride, stride),
  pad: fc.constantFrom<'same' | 'valid'>('same', 'valid'),
});
const runs = { numRuns: 6, seed: 11 };

describeOnTargets('convolutions equal eager TensorFlow.js in value, first and second gradients', (target) => {
  it('conv2d', async () => {
    await fc.assert(
      fc.asyncProperty(geometry, async ({ height, width, windowHeight, windowWidth, strides, pad }) => {
        const fn = (x: tf.Tensor, filter: tf.Tensor) =>
          tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, strides, pad);
        await check(target, fn, [2, height, width, 3], [windowHeight, windowWidth, 3, 2]);
      }),
      runs,
    );
  });

  it('conv2dTranspose', async () => {
    await fc.assert(
      fc.asyncProperty(geometry, async ({ height, width, windowHeight, windowWidth, strides, pad }) => {
        const size = (from: number, window: number, step: number) =>
          pad === 'same' ? from * step : (from - 1) * step + window;
        const outShape: [number, number, number, number] = [
          2,
          size(height - 3, windowHeight, strides[0]),
          size(width - 3, windowWidth, strides[1]),
          2,
        ];
        const fn = (x: tf.Tensor, filter: tf.Tensor) =>
          tf.conv2dTranspose(x as tf.Tensor4D, filter as tf.Tensor4D, outShape, strides, pad);
        await check(target, fn, [2, height - 3, width - 3, 3], [windowHeight, windowWidth, 2, 3]);
      }),
      runs,
    );
  });

  it('conv2d and conv2dTranspose of many channels, which a CPU does as products', async () => {
    const [inputs, outputs] = [17, 16];
    await fc.assert(
      fc.asyncProperty(geometry, async ({ height, width, windowHeight, windowWidth, strides, pad }) => {
        const convolution = (x: tf.Tensor, filter: tf.Tensor) =>
          tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, strides, pad);
        await check(
          target,
          convolution,
          [1, height, width, inputs],
          [windowHeight, windowWidth, inputs, outputs],
        );

        const size = (from: number, window: number, step: number) =>
          pad === 'same' ? from * step : (from - 1) * step + window;
        const outShape: [number, number, number, number] = [
          1,
          size(height - 4, windowHeight, strides[0]),
          size(width - 4, windowWidth, strides[1]),
          outputs,
        ];
        const transposed = (x: tf.Tensor, filter: tf.Tensor) =>
          tf.conv2dTranspose(x as tf.Tensor4D, filter as tf.Tensor4D, outShape, strides, pad);
        await check(
          target,
          transposed,
          [1, height - 4, width - 4, inputs],
          [windowHeight, windowWidth, outputs, inputs],
        );
      }),
      { ...runs, numRuns: 3 },
    );
  });

  it('depthwiseConv2d', async () => {
    await fc.assert(
      fc.asyncProperty(geometry, async ({ height, width, windowHeight, windowWidth, strides, pad }) => {
        const fn = (x: tf.Tensor, filter: tf.Tensor) =>
          tf.depthwiseConv2d(x as tf.Tensor4D, filter as tf.Tensor4D, [strides[0], strides[0]], pad);
        await check(target, fn, [2, height, width, 3], [windowHeight, windowWidth, 3, 2]);
      }),
      runs,
    );
  });

  it('with dilation, explicit padding, and fused with bias and activation', async () => {
    const fn = ({ x, filter, bias }: Tensors): Tensors => {
      const [images, kernel] = [x as tf.Tensor4D, filter as tf.Tensor4D];
      return {
        dilated: tf.conv2d(images, kernel, 1, 'same', 'NHWC', [2, 1]),
        dilatedDepthwise: tf.depthwiseConv2d(images, kernel, 1, 'valid', 'NHWC', [1, 2]),
        padded: tf.conv2d(
          images,
          kernel,
          [2, 1],
          [
            [0, 0],
            [1, 2],
            [0, 1],
            [0, 0],
          ],
        ),
        fused: tf.fused.conv2d({
          x: images,
          filter: kernel,
          strides: 2,
          pad: 'same',
          bias,
          activation: 'relu',
        }),
        fusedLeaky: tf.fused.conv2d({
          x: images,
          filter: kernel,
          strides: 1,
          pad: 1,
          bias,
          activation: 'leakyrelu',
          leakyreluAlpha: 0.1,
        }),
        fusedDepthwise: tf.fused.depthwiseConv2d({
          x: images,
          filter: kernel,
          strides: 1,
          pad: 'same',
          activation: 'sigmoid',
        }),
        fusedMatMul: tf.fused.matMul({
          a: tf.reshape<tf.Rank.R2>(x, [12, 21]),
          b: tf.reshape<tf.Rank.R2>(tf.slice(tf.reshape(x, [-1]), [0], [42]), [21, 2]),
          bias,
          activation: 'elu',
        }),
      };
    };
    const inputs = { x: { shape: [2, 7, 6, 3] }, filter: { shape: [3, 2, 3, 2] }, bias: { shape: [2] } };
    const feeds = () => ({ x: wave(252, 0.3), filter: wave(36, 0.1), bias: Float32Array.of(0.3, -0.2) });
    await expectLikeEager({ target, fn, inputs, feeds, tolerance: 2e-6 });
  });
});

describeOnTargets(
  'operations whose gradients TensorFlow.js lacks equal eager, to the second order',
  (target) => {
    const dilated = (x: tf.Tensor, filter: tf.Tensor) =>
      tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 1, 'same', 'NHWC', [2, 1]);
    const rounded = (x: tf.Tensor, filter: tf.Tensor) =>
      tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 2, 1, 'NHWC', 1, 'ceil');
    const depthwise = (x: tf.Tensor, filter: tf.Tensor) =>
      tf.depthwiseConv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 1, 'valid', 'NHWC', [1, 2]);

    it.each([
      ['dilated convolution', dilated],
      ['convolution of a size that is rounded up', rounded],
      ['dilated depthwise convolution', depthwise],
    ] as const)('%s', async (_name, fn) => {
      await check(target, fn, [1, 6, 6, 2], [3, 2, 2, 2]);
    });

    it.each([
      ['einsum', (x: tf.Tensor, y: tf.Tensor) => tf.einsum('bij,jk->bki', x, y)],
      ['einsum with letters of one operand', (x: tf.Tensor, y: tf.Tensor) => tf.einsum('bij,jk->b', x, y)],
      ['prod', (x: tf.Tensor, y: tf.Tensor) => tf.mul(tf.prod(x, [0, 2]), tf.prod(y))],
      [
        'stridedSlice',
        (x: tf.Tensor, y: tf.Tensor) =>
          tf.add(tf.stridedSlice(x, [0, 2, 1], [2, 0, 2], [1, -2, 1], 0, 2, 0, 0, 4), tf.sum(y)),
      ],
      ['topk', (x: tf.Tensor, y: tf.Tensor) => tf.mul(tf.topk(x, 2).values, tf.sum(y))],
      [
        'local response normalisation',
        (x: tf.Tensor, y: tf.Tensor) =>
          tf.mul(tf.localResponseNormalization(x as tf.Tensor3D, 1, 0.5, 0.3, 0.75), tf.sum(y)),
      ],
    ] as const)('%s', async (_name, fn) => {
      await check(target, fn, [2, 3, 2], [2, 2]);
    });
  },
);

describeOnTargets('windows padded by numbers equal eager TensorFlow.js', (target) => {
  /** Windows whose last rows and columns depend on the rounding, reach beyond the padding, or end before it. */
  const numericGeometry = fc.record({
    height: fc.integer({ min: 5, max: 8 }),
    width: fc.integer({ min: 5, max: 8 }),
    window: fc.tuple(fc.integer({ min: 2, max: 4 }), fc.integer({ min: 2, max: 4 })),
    strides: fc.tuple(stride, stride),
    pad: fc.integer({ min: 0, max: 2 }),
    rounding: fc.constantFrom<'floor' | 'round' | 'ceil'>('floor', 'round', 'ceil'),
  });

  it.each([1, 2])('convolutions with %i filters for each channel', async (multiplier) => {
    await fc.assert(
      fc.asyncProperty(numericGeometry, async ({ height, width, window, strides, pad, rounding }) => {
        const fn = ({ x, filter }: Tensors): Tensors => {
          const [images, kernel] = [x as tf.Tensor4D, filter as tf.Tensor4D];
          return {
            full: tf.conv2d(images, kernel, strides, pad, 'NHWC', 1, rounding),
            depthwise: tf.depthwiseConv2d(images, kernel, strides, pad, 'NHWC', 1, rounding),
          };
        };
        const [x, filter] = [
          [2, height, width, 3],
          [...window, 3, multiplier],
        ];
        await expectLikeEager({
          target,
          fn,
          inputs: { x: { shape: x }, filter: { shape: filter } },
          feeds: () => ({ x: wave(sizeOf(x), 0.2), filter: wave(sizeOf(filter), 0.9) }),
        });
      }),
      runs,
    );
  });

  it('pooling, which names a window that would see padding alone', async () => {
    await fc.assert(
      fc.asyncProperty(numericGeometry, async ({ height, width, window, strides, pad, rounding }) => {
        const fn = ({ x }: Tensors): Tensors => ({
          maximum: tf.maxPool(x as tf.Tensor4D, window, strides, pad, rounding),
          average: tf.avgPool(x as tf.Tensor4D, window, strides, pad, rounding),
        });
        const shape = [2, height, width, 2];
        const eager = tf.tidy(() => fn({ x: tf.ones(shape) }).maximum.dataSync());
        const comparison = expectLikeEager({
          target,
          fn,
          inputs: { x: { shape } },
          feeds: () => ({ x: wave(sizeOf(shape), 0.2) }),
        });
        if (eager.every(Number.isFinite)) await comparison;
        else await expect(comparison).rejects.toThrow(/MaxPool cannot be recorded.*would see padding alone/);
      }),
      { ...runs, numRuns: 20 },
    );
  });

  it('names windows larger than the padded image', async () => {
    const step = compile(({ x }) => ({ y: tf.maxPool(x, 5, 1, 'valid') }), {
      target,
      inputs: { x: { shape: [1, 4, 4, 1] } },
    });
    await expect(step).rejects.toThrow(/window of 5 x 5 does not fit into images of 4 x 4/);
  });
});

describeOnTargets('pooling and resizing equal eager TensorFlow.js', (target) => {
  it('average and maximum pooling, with first and second gradients', async () => {
    await fc.assert(
      fc.asyncProperty(geometry, async ({ height, width, windowHeight, windowWidth, strides, pad }) => {
        const size: [number, number] = [Math.max(2, windowHeight), Math.max(2, windowWidth)];
        const scale = (filter: tf.Tensor) => tf.reshape(filter, [1, 1, 1, 2]);
        const average = (x: tf.Tensor, filter: tf.Tensor) =>
          tf.mul(tf.avgPool(x as tf.Tensor4D, size, strides, pad), scale(filter));
        const maximum = (x: tf.Tensor, filter: tf.Tensor) =>
          tf.mul(tf.maxPool(x as tf.Tensor4D, size, strides, pad), scale(filter));
        await check(target, average, [2, height, width, 2], [2]);
        await check(target, maximum, [2, height, width, 2], [2]);
      }),
      { ...runs, numRuns: 4 },
    );
  });

  it('sends the gradient of a tie to the first maximum', async () => {
    const fn = ({ x }: Tensors): Tensors => ({
      gradient: tf.grad((at: tf.Tensor) => tf.sum(tf.maxPool(tf.relu(at) as tf.Tensor4D, 2, 2, 'valid')))(
        tf.add(x, 0),
      ),
      halves: tf.grad((at: tf.Tensor) => tf.sum(tf.avgPool(at as tf.Tensor4D, 2, 2, 'valid')))(x),
    });
    const feeds = () => ({ x: wave(32, 0).map((x) => Math.round(x)) });
    await expectLikeEager({ target, fn, inputs: { x: { shape: [1, 4, 4, 2] } }, feeds, tolerance: 0 });
  });

  it('normalizes over neighbouring channels', async () => {
    const fn = ({ x }: Tensors): Tensors => ({
      defaults: tf.localResponseNormalization(x as tf.Tensor4D),
      narrow: tf.localResponseNormalization(x as tf.Tensor4D, 1, 0.5, 0.3, 0.75),
      own: tf.localResponseNormalization(x as tf.Tensor4D, 0, 1, 2, 0.5),
    });
    await expectLikeEager({
      target,
      fn,
      inputs: { x: { shape: [2, 3, 2, 7] } },
      feeds: () => ({ x: wave(84, 0.4) }),
      tolerance: 2e-6,
    });
  });

  it('resizes both ways, with gradients', async () => {
    const functions: Record<string, (x: tf.Tensor) => tf.Tensor> = {};
    for (const size of [
      [8, 6],
      [3, 2],
      [7, 9],
      [4, 3],
      [1, 1],
    ] as [number, number][]) {
      for (const [align, half] of [
        [false, false],
        [true, false],
        [false, true],
      ]) {
        functions[`bilinear ${size} ${align} ${half}`] = (x) =>
          tf.image.resizeBilinear(x as tf.Tensor4D, size, align, half);
        functions[`nearest ${size} ${align} ${half}`] = (x) =>
          tf.image.resizeNearestNeighbor(x as tf.Tensor4D, size, align, half);
      }
    }
    const fn = ({ x }: Tensors): Tensors => {
      const outputs: Tensors = {};
      for (const [name, resize] of Object.entries(functions)) {
        outputs[name] = resize(x);
        outputs[`${name}/gradient`] = tf.grad((at: tf.Tensor) => tf.sum(tf.square(resize(at))))(x);
      }
      return outputs;
    };
    await expectLikeEager({
      target,
      fn,
      inputs: { x: { shape: [2, 4, 3, 2] } },
      feeds: () => ({ x: wave(48, 0.5) }),
      tolerance: 2e-6,
    });
  });
});

describeOnTargets('images of whole numbers', (target) => {
  it('are resized', async () => {
    const fn = ({ x }: Tensors): Tensors => ({
      bilinear: tf.image.resizeBilinear(x as tf.Tensor4D, [3, 5]),
      nearest: tf.image.resizeNearestNeighbor(x as tf.Tensor4D, [3, 5]),
      repeated: tf.add(tf.image.resizeNearestNeighbor(x as tf.Tensor4D, [4, 6]), 0.5),
    });
    await expectLikeEager({
      target,
      fn,
      inputs: { x: { shape: [1, 2, 3, 1], dtype: 'int32' } },
      feeds: () => ({ x: Int32Array.of(0, 3, 255, 7, 128, 64) }),
      tolerance: 1e-6,
    });
  });
});

describeOnTargets('the kernels behind the stock gradients', (target) => {
  it('of resizing and of average pooling over padding', async () => {
    const run = (name: string, inputs: Tensors, attributes: object) =>
      tf.engine().runKernel<tf.Tensor>(name, inputs, attributes as tf.NamedAttrMap);
    const fn = ({ x, dy }: Tensors): Tensors => {
      const outputs: Tensors = {};
      for (const alignCorners of [false, true]) {
        const size = { alignCorners, halfPixelCenters: false, size: [7, 6] };
        outputs[`bilinear ${alignCorners}`] = run(tf.ResizeBilinearGrad, { images: x, dy }, size);
        // The CPU kernel reads the wrong rows of dy in every image but the first.
        const [images, first] = [x, dy].map((all) => tf.slice(all, [0, 0, 0, 0], [1, -1, -1, -1]));
        outputs[`nearest ${alignCorners}`] = run(tf.ResizeNearestNeighborGrad, { images, dy: first }, size);
      }
      const windows = { filterSize: [3, 2], strides: [2, 1], pad: 'same' };
      outputs.average = run(
        tf.AvgPoolGrad,
        { dy: tf.slice(dy, [0, 0, 0, 0], [2, 2, 4, 2]), input: x },
        windows,
      );
      outputs.elu = run(tf.EluGrad, { dy: x, y: tf.elu(tf.mul(x, 2)) }, {});
      return outputs;
    };
    const inputs = { x: { shape: [2, 4, 4, 2] }, dy: { shape: [2, 7, 6, 2] } };
    await expectLikeEager({
      target,
      fn,
      inputs,
      feeds: () => ({ x: wave(64, 0), dy: wave(168, 1) }),
      tolerance: 2e-6,
    });
  });
});
