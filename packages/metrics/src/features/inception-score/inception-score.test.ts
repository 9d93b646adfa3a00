import { describe, expect, it } from 'vitest';
import { draw, featureVectors } from '../../../test/features.js';
import type { Features } from '../feature-matrix.js';
import { inceptionScore, type InceptionScoreOptions } from './inception-score.js';

const [one, ten, three, tfGan, torchgan] = featureVectors.inception_score;
const logits = draw({ seed: 7, n: 50, d: 10, scale: 8, shift: 0 });

async function score(features: Features, options: InceptionScoreOptions) {
  const [mean, deviation] = await inceptionScore(features, options);
  return { mean: mean.value, deviation: deviation.value };
}

const rows = (...values: number[][]): Features => ({
  data: Float64Array.from(values.flat()),
  dimension: values[0].length,
});

describe('inceptionScore', () => {
  it.each([one, ten, three])('gives the vector of $splits splits', async ({ splits, mean, std_ddof0 }) => {
    const result = await score(logits, { splits, seed: null });
    expect(result.mean).toBeCloseTo(mean!, 12);
    expect(result.deviation).toBeCloseTo(std_ddof0!, 12);
  });

  it('gives the numbers of TF-GAN and torchgan', async () => {
    const half = (...pair: number[]) => [...new Array<number[]>(500).fill(pair).flat()];
    const tf = rows([...half(1, 2), 4], [...half(4, 5), 6]);
    expect((await score(tf, { splits: 1 })).mean).toBeCloseTo(tfGan.mean!, 12);
    const torch = await score(rows([1, 2, 3], [-1, 5, 3.1]), { splits: 1 });
    expect(torch.mean).toBeCloseTo(torchgan.mean!, 12);
    expect(torch.mean).toBeCloseTo(1.24357, 4);
  });

  it('shuffles as torch-fidelity does', async () => {
    // torch-fidelity's metric_isc.py on the same logits, in NumPy 2.4.6.
    const { mean, deviation } = await score(logits, { seed: 2020 });
    expect(mean).toBeCloseTo(2.068090765017666, 12);
    expect(deviation).toBeCloseTo(0.21212334770620592, 12);
  });

  it('is the count of classes for sure and even predictions, 1 for constant ones', async () => {
    const classes = Array.from({ length: 6 }, (_, i) =>
      Array.from({ length: 6 }, (__, j) => (i === j ? 800 : 0)),
    );
    expect((await score(rows(...classes), { splits: 1 })).mean).toBeCloseTo(6, 12);
    expect((await score(rows([5, 1, -900], [5, 1, -900]), { splits: 1 })).mean).toBeCloseTo(1, 14);
  });

  it('is right of logits beside which a logarithm has no digits', async () => {
    // Halves of (0, 1) and of (1, 2): the entropy of (1/4, 1/2, 1/4) less that of a half, 3/2 ln 2 - ln 2.
    const large = rows([1e20, 1e20, -1e20], [-1e20, 1e20, 1e20]);
    expect((await score(large, { splits: 1 })).mean).toBeCloseTo(Math.SQRT2, 14);
  });

  it('does not change with a number added to all logits of a sample', async () => {
    const moved = { ...logits, data: logits.data.map((value, i) => value + 100 * Math.floor(i / 10)) };
    expect((await score(moved, { splits: 1 })).mean).toBeCloseTo(one.mean!, 10);
  });

  it('does not depend on whether samples come class by class, as the files of a folder do', async () => {
    const classes = 10;
    const sure = (of: number) => Array.from({ length: classes }, (_, j) => (of === j ? 800 : 0));
    const sorted = rows(...Array.from({ length: 1000 }, (_, i) => sure(Math.floor(i / 100))));
    const [mean] = await inceptionScore(sorted);
    expect(mean.value).toBeGreaterThan(9);
    expect(mean.protocol).toMatchObject({ splits: 10, shuffle: 'numpy RandomState(2020)' });
    // Each split of samples in their order has one class.
    expect((await score(sorted, { seed: null })).mean).toBeCloseTo(1, 12);
  });

  it('refuses more splits than samples', async () => {
    await expect(inceptionScore(rows([1, 2]), { splits: 2 })).rejects.toThrow(
      '1 samples cannot be split in 2',
    );
  });
});
