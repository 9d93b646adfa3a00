import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createResizer, resizeMethods, type ResizeMethod } from './resize.js';

const read = <Content>(name: string): Content =>
  JSON.parse(readFileSync(new URL(`../../../../test/${name}`, import.meta.url), 'utf8')) as Content;

/** Pictures of one channel, resized by TensorFlow 1, PyTorch and Pillow. */
const published = read<Record<string, number[][]>>('published-resize-vectors.json');

/** What Pillow and PyTorch gave in tooling/oracles/resize_vectors.py. */
const { cases } = read<{
  cases: { height: number; width: number; side: number; expected: Record<string, number[]> }[];
}>('resize-vectors.json');

/** Bytes that Pillow 12 and 13 gave, which go through some pictures in another order: tooling/oracles/pillow_resize_orders.py. */
const orders = read<Record<'12' | '13', typeof cases>>('pillow-resize-orders.json');

function resize(method: ResizeMethod, image: ArrayLike<number>, shape: readonly number[], side: number) {
  const result = new Float32Array(side * side * shape[2]);
  createResizer(method, shape, side)(image, result);
  return result;
}

const bytes = (count: number) => Uint8Array.from({ length: count }, (_, i) => 37 * i + ((i * i) % 101));

const largestDifference = (actual: ArrayLike<number>, expected: readonly number[]) =>
  Math.max(...expected.map((value, i) => Math.abs(actual[i] - value)));

describe('createResizer', () => {
  it.each([
    ['tensorflow-1', 4, 7, 'tf1_bilinear_4_to_7'],
    ['tensorflow-1', 9, 4, 'tf1_bilinear_9_to_4'],
    ['pytorch', 4, 7, 'half_pixel_bilinear_4_to_7'],
    ['pytorch', 9, 4, 'half_pixel_bilinear_9_to_4'],
    ['pil-bicubic', 4, 7, 'pil_bicubic_4_to_7'],
    ['pil-bicubic', 9, 4, 'pil_bicubic_9_to_4'],
    ['pil-bilinear', 9, 4, 'pil_bilinear_9_to_4'],
  ] as const)('%s from %i to %i pixels as published', (method, from, to, key) => {
    const input = published[`input${from}x${from}`].flat();
    const resized = resize(method, input, [from, from, 1], to);
    // Pillow's own numbers overshoot; clean-fid cuts that off.
    const expected = published[key].flat().map((value) => Math.min(255, Math.max(0, value)));
    expect(largestDifference(resized, expected)).toBeLessThan(2e-5);
  });

  it.each(cases.flatMap((one) => Object.keys(one.expected).map((method) => ({ ...one, method }))))(
    '$method of a colour picture of $height x $width to $side',
    ({ height, width, side, method, expected }) => {
      const shape = [height, width, 3];
      const resized = resize(method as ResizeMethod, bytes(height * width * 3), shape, side);
      // Bytes are the same bytes. Floats were written with five decimals; PyTorch rounds in another order.
      const tolerance = method.endsWith('bytes') ? 0 : method === 'pytorch' ? 1e-4 : 3e-5;
      expect(largestDifference(resized, expected[method])).toBeLessThanOrEqual(tolerance);
    },
  );

  it.each(
    (['12', '13'] as const).flatMap((version) =>
      orders[version].flatMap((one) =>
        Object.keys(one.expected).map((filter) => ({ ...one, version, filter })),
      ),
    ),
  )('$filter of bytes of $height x $width to $side as Pillow $version', (one) => {
    const { height, width, side, version, filter, expected } = one;
    const method = `${version === '13' ? 'pil-13' : 'pil'}-${filter}-bytes` as ResizeMethod;
    const resized = resize(method, bytes(height * width * 3), [height, width, 3], side);
    expect([...resized]).toEqual(expected[filter]);
  });

  it.each(resizeMethods)('%s leaves a picture of the wanted side as it is', (method) => {
    const image = bytes(5 * 5 * 3);
    expect(largestDifference(resize(method, image, [5, 5, 3], 5), [...image])).toBeLessThan(1e-5);
  });

  it('starts afresh with every picture', () => {
    const resizer = createResizer('pil-bicubic', [4, 4, 1], 7);
    const [first, again] = [new Float32Array(49), new Float32Array(49)];
    resizer(bytes(16), first);
    resizer(new Uint8Array(16).fill(200), new Float32Array(49));
    resizer(bytes(16), again);
    expect(again).toEqual(first);
  });
});
