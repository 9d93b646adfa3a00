import { describe, expect, it } from 'vitest';
import { imagesAsTheyAre, resizedImages } from './preparation.js';

const grey = { data: Uint8Array.from([0, 128, 255, 64]), count: 1, sampleShape: [2, 2, 1] };
const prepared = (scaling: 'tensorflow' | 'pytorch' | 'unit') =>
  resizedImages({ resize: 'tensorflow-1', scaling, side: 2 }).prepare(grey).data;

describe('resizedImages', () => {
  it('scales bytes as TensorFlow, as PyTorch and to the unit interval', () => {
    const first = (values: Float32Array) => [...values].filter((_, i) => i % 3 === 0);
    expect(first(prepared('tensorflow'))).toEqual([-1, 0, 127 / 128, -0.5].map(Math.fround));
    const pytorch = [0, 128, 255, 64].map((byte) => (2 * byte) / 255 - 1);
    first(prepared('pytorch')).forEach((value, i) => expect(value).toBeCloseTo(pytorch[i], 6));
    expect(first(prepared('unit'))).toEqual([0, 128 / 255, 1, 64 / 255].map(Math.fround));
  });

  it('repeats the one channel of grey pictures', () => {
    const values = prepared('tensorflow');
    expect(values).toHaveLength(12);
    for (let i = 0; i < 12; i += 3) expect(values[i + 2]).toBe(values[i]);
  });

  it('keeps pictures apart, and follows a change of their size', () => {
    const preparation = resizedImages({ resize: 'pil-bilinear', scaling: 'unit', side: 2 });
    const flat = (value: number, side: number, count: number) => ({
      data: new Uint8Array(side * side * 3 * count).fill(value),
      count,
      sampleShape: [side, side, 3],
    });
    const two = {
      ...flat(0, 4, 2),
      data: Uint8Array.from([...flat(51, 4, 1).data, ...flat(255, 4, 1).data]),
    };
    const { data: values, shape } = preparation.prepare(two);
    expect(shape).toEqual([2, 2, 2, 3]);
    expect([...values.slice(0, 12)]).toEqual(new Array(12).fill(Math.fround(0.2)));
    expect([...values.slice(12)]).toEqual(new Array(12).fill(1));
    expect([...preparation.prepare(flat(255, 5, 1)).data]).toEqual(new Array(12).fill(1));
  });

  it('refuses other numbers of channels, and bytes that are missing', () => {
    const preparation = resizedImages({ resize: 'pytorch', scaling: 'unit', side: 2 });
    expect(() => preparation.prepare({ data: new Uint8Array(16), count: 1, sampleShape: [2, 2, 4] })).toThrow(
      'features: images must have 3 channels (red, green, blue) or 1, got 4',
    );
    expect(() => preparation.prepare({ ...grey, sampleShape: [2, 3, 1] })).toThrow(
      'features: 1 images of shape [2, 3, 1] are 6 bytes, got 4',
    );
    expect(() => preparation.prepare({ ...grey, sampleShape: [4] })).toThrow(
      'must have shape [height, width',
    );
  });
});

describe('imagesAsTheyAre', () => {
  it('only scales', () => {
    const { data, shape } = imagesAsTheyAre({ scaling: 'unit' }).prepare(grey);
    expect(shape).toEqual([1, 2, 2, 1]);
    expect([...data]).toEqual([0, 128 / 255, 1, 64 / 255].map(Math.fround));
  });
});
