import { RandomStream } from '@dist-gan/core';
import { describeAugmentation } from '@dist-gan/testing/augmentation';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { augmentations } from './augmentations.js';
import { adaptiveDiffAugment } from './adaptive-diff-augment.js';
import { diffAugment, type DiffAugmentOptions } from './diff-augment.js';
import { horizontalFlip } from './horizontal-flip.js';

describeAugmentation('horizontal-flip', { augmentation: horizontalFlip(), sampleShape: [2, 3, 2] });
describeAugmentation('diff-augment', { augmentation: diffAugment(), sampleShape: [9, 8, 3] });
describeAugmentation('diff-augment of grey images in [-1, 1]', {
  augmentation: diffAugment(),
  sampleShape: [8, 8, 1],
  range: [-1, 1],
});

describeAugmentation('adaptive-diff-augment', {
  augmentation: adaptiveDiffAugment(),
  sampleShape: [9, 8, 3],
});

describe('adaptiveDiffAugment', () => {
  it('makes each change for the share of images that the probability says, and is DiffAugment at 1', () => {
    const count = 2000;
    const augmentation = adaptiveDiffAugment({ translation: false, cutout: false });
    const changed = tf.tidy(() => {
      const images = tf.fill([count, 2, 2, 1], 0.25);
      const numbers = tf.tensor2d(RandomStream.fromSeed(4).uniform(8 * count), [count, 8]);
      const of = (probability: number) => augmentation.apply(images, numbers, [0, 1], tf.scalar(probability));
      const share = (probability: number) =>
        tf.mean(tf.cast(tf.notEqual(tf.mean(of(probability), [1, 2, 3]), 0.25), 'float32')).dataSync()[0];
      const how = tf.slice2d(numbers, [0, 1], [count, 7]);
      const always = diffAugment({ translation: false, cutout: false }).apply(images, how, [0, 1]);
      const difference = tf.max(tf.abs(tf.sub(of(1), always))).dataSync()[0];
      return { none: share(0), third: share(0.3), difference };
    });
    expect(changed.none).toBe(0);
    // 2,000 draws of probability 0.3: standard deviation 0.0102.
    expect(Math.abs(changed.third - 0.3)).toBeLessThan(0.05);
    expect(changed.difference).toBeLessThan(1e-6);
  });

  it('refuses targets that no mean sign can have', () => {
    expect(() => adaptiveDiffAugment({ target: 2 })).toThrow('must be -1 to 1');
  });
});

type Image = number[][][];

/** `count` images of random numbers in a range, and random numbers for them. */
function draw(count: number, shape: readonly [number, number, number], [low, high]: [number, number]) {
  const random = RandomStream.fromSeed(7);
  const length = shape[0] * shape[1] * shape[2];
  return {
    samples: random.derive('samples').uniform(count * length, { low, high }),
    numbers: random.derive('numbers').uniform(count * 7),
  };
}

/** DiffAugment of one image, pixel by pixel in float64, as the paper's code does it: pads, looks up, clears. */
function referenceDiffAugment(
  image: Image,
  [brightness, saturation, contrast, ...places]: readonly number[],
  options: Required<DiffAugmentOptions>,
): Image {
  const [height, width, channels] = [image.length, image[0].length, image[0][0].length];
  let x = image;
  if (options.color) {
    x = x.map((row) => row.map((pixel) => pixel.map((value) => value + brightness - 0.5)));
    x = x.map((row) =>
      row.map((pixel) => {
        const grey = pixel.reduce((sum, value) => sum + value, 0) / channels;
        return pixel.map((value) => grey + 2 * saturation * (value - grey));
      }),
    );
    const mean = x.flat(2).reduce((sum, value) => sum + value, 0) / (height * width * channels);
    x = x.map((row) => row.map((pixel) => pixel.map((value) => mean + (contrast + 0.5) * (value - mean))));
  }
  if (options.translation) {
    const [dy, dx] = [height, width].map((size, axis) => {
      const most = Math.trunc(size * 0.125 + 0.5);
      return -most + Math.floor(places[axis] * (2 * most + 1));
    });
    const shifted = x;
    x = x.map((row, i) => row.map((pixel, j) => shifted[i + dy]?.[j + dx] ?? pixel.map(() => 0)));
  }
  if (options.cutout) {
    const [rows, columns] = [height, width].map((size, axis) => {
      const cut = Math.trunc(size * 0.5 + 0.5);
      const offset = Math.floor(places[2 + axis] * (size + 1 - (cut % 2)));
      const clamped = (place: number) => Math.min(Math.max(place, 0), size - 1);
      return new Set(Array.from({ length: cut }, (_, i) => clamped(i + offset - Math.floor(cut / 2))));
    });
    x = x.map((row, i) =>
      row.map((pixel, j) => (rows.has(i) && columns.has(j) ? pixel.map(() => 0) : pixel)),
    );
  }
  return x;
}

describe('diffAugment', () => {
  const all = { color: true, translation: true, cutout: true };
  const none = { color: false, translation: false, cutout: false };
  const cases: [string, Required<DiffAugmentOptions>, [number, number, number], [number, number]][] = [
    ['colours', { ...none, color: true }, [5, 7, 3], [-1, 1]],
    ['translation', { ...none, translation: true }, [17, 24, 2], [-1, 1]],
    ['translation of no whole eighths', { ...none, translation: true }, [28, 13, 1], [-1, 1]],
    ['cutout of an even size', { ...none, cutout: true }, [8, 12, 1], [-1, 1]],
    ['cutout of an odd size', { ...none, cutout: true }, [7, 10, 1], [-1, 1]],
    ['all of them', all, [16, 9, 3], [-1, 1]],
    ['all of them in [0, 1]', all, [16, 9, 3], [0, 1]],
    ['an image of one pixel', all, [1, 1, 3], [0, 1]],
  ];

  it.each(cases)('equals the reference: %s', (_, options, shape, range) => {
    const count = 40;
    const { samples, numbers } = draw(count, shape, range);
    const [middle, half] = [(range[0] + range[1]) / 2, (range[1] - range[0]) / 2];
    const actual = tf.tidy(() =>
      diffAugment(options)
        .apply(tf.tensor4d(samples, [count, ...shape]), tf.tensor2d(numbers, [count, 7]), range)
        .dataSync(),
    );
    const images = tf.tidy(() => tf.tensor4d(samples, [count, ...shape]).arraySync() as unknown as Image[]);
    const expected = images.flatMap((image, n) => {
      const centred = image.map((row) => row.map((pixel) => pixel.map((value) => (value - middle) / half)));
      return referenceDiffAugment(centred, [...numbers.subarray(7 * n, 7 * n + 7)], options).flat(2);
    });
    expected.forEach((value, i) => {
      expect(Math.abs(actual[i] - (half * value + middle)), `number ${i}`).toBeLessThan(2e-6);
    });
  });

  it('shifts by every whole number up to an eighth, all equally often', () => {
    // The columns of an image hold their own numbers: what the middle one holds afterwards says the shift.
    const size = 16;
    const counts = new Map<number, number>();
    const count = 4000;
    const column = tf.tidy(() => {
      const image = tf.tile(tf.reshape(tf.range(0, size), [1, 1, size, 1]), [count, 1, 1, 1]);
      const numbers = tf.tensor2d(RandomStream.fromSeed(3).uniform(7 * count), [count, 7]);
      const shifted = diffAugment({ ...none, translation: true }).apply(image, numbers, [-1, 1]);
      return tf.slice(shifted, [0, 0, 8, 0], [count, 1, 1, 1]).dataSync();
    });
    for (const value of column) counts.set(value - 8, (counts.get(value - 8) ?? 0) + 1);
    expect([...counts.keys()].sort((a, b) => a - b)).toEqual([-2, -1, 0, 1, 2]);
    // 4,000 draws of probability 1/5: standard deviation 25.3.
    for (const found of counts.values()) expect(Math.abs(found - count / 5)).toBeLessThan(127);
  });

  it('refuses points, and another count of numbers', () => {
    const apply = (shape: number[], numbers: number) => () =>
      tf.tidy(() => diffAugment().apply(tf.zeros(shape), tf.zeros([shape[0], numbers]), [0, 1]));
    expect(apply([4, 2], 7)).toThrow(
      'diff-augment: samples must be images [batch, height, width, channels], got [4, 2]; leave the augmentation out',
    );
    expect(apply([4, 8, 8, 3], 6)).toThrow('diff-augment: numbers has shape [4, 6], wanted [4, 7]');
  });
});

describe('horizontalFlip', () => {
  it('mirrors an image whose number is below a half, and leaves others alone', () => {
    const values = tf.tidy(() => {
      const images = tf.tensor4d([1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6], [2, 2, 3, 1]);
      return [
        ...horizontalFlip()
          .apply(images, tf.tensor2d([[0.499], [0.5]]), [0, 1])
          .dataSync(),
      ];
    });
    expect(values).toEqual([3, 2, 1, 6, 5, 4, 1, 2, 3, 4, 5, 6]);
  });
});

describe('augmentations', () => {
  it('stand under their own ids and can be made again from their options', () => {
    for (const [id, make] of Object.entries(augmentations)) {
      const { options, ...augmentation } = make();
      expect(augmentation.id).toBe(id);
      expect(make(JSON.parse(JSON.stringify(options)) as never).options).toEqual(options);
    }
  });

  it('refuse unknown options', () => {
    expect(() => diffAugment({ colour: false } as never)).toThrow('did you mean color');
    expect(() => horizontalFlip({ probability: 1 } as never)).toThrow('horizontal-flip.probability');
  });
});
