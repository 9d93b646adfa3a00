/** What a generator can be asked to imitate here: points of the square [0, 1]^2. */
import { RandomStream, type Dataset, type Source } from '@dist-gan/core';
import {
  gaussianGrid,
  gaussianPlus,
  gaussianRing,
  gaussianSine,
  swissRoll,
  type MixtureDataset,
} from '@dist-gan/datasets';

export const distributionIds = ['grid', 'ring', 'plus', 'wave', 'swiss-roll', 'drawn'] as const;
export type DistributionId = (typeof distributionIds)[number];

export const distributionTitles: Readonly<Record<DistributionId, string>> = {
  grid: 'Grid of 25',
  ring: 'Ring of 8',
  plus: 'Plus of 13',
  wave: 'Wave of 12',
  'swiss-roll': 'Swiss roll',
  drawn: 'Drawn by hand',
};

/** Points in memory. */
type PointSet = Omit<Dataset, 'batch'> & { batch(indices: ArrayLike<number>): Float32Array };

/** Points to learn from. */
export interface Distribution {
  readonly dataset: PointSet;
  /** Where it is a mixture of Gaussians: the centres, and how far from one a sample counts for it. */
  readonly modes?: { readonly centres: readonly (readonly number[])[]; readonly radius: number };
}

/** How many points a shape without modes has. */
const shapePoints = 20_000;
/** Of the blur around a drawn dot, in the coordinates of the points. */
const penWidth = 0.01;
const source: Source = { title: 'dist-gan, the laboratory', year: 2026 };

/**
 * @param dots of the distribution `drawn`: see `Settings.dots`
 * @throws RangeError where nothing is drawn
 */
export function makeDistribution(id: DistributionId, dots: readonly number[]): Distribution {
  switch (id) {
    case 'grid':
      return mixture(gaussianGrid({ margin: 0.05 }));
    case 'ring':
      return mixture(gaussianRing());
    case 'plus':
      return mixture(gaussianPlus({ margin: 0.05 }));
    case 'wave':
      return mixture(gaussianSine({ margin: 0.05 }));
    case 'swiss-roll':
      return { dataset: swissRoll({ margin: 0.1 }) };
    case 'drawn':
      return { dataset: pointSet(id, around(dots)) };
  }
}

function mixture(dataset: MixtureDataset): Distribution {
  const { centres, registrationRadius } = dataset.mixture;
  return { dataset, modes: { centres, radius: registrationRadius } };
}

/** Points around dots, each of them as often. */
function around(dots: readonly number[]): Float32Array {
  const count = dots.length / 2;
  if (count === 0) throw new RangeError('Nothing is drawn yet: draw a shape first.');
  const random = RandomStream.fromSeed(0).derive('drawn');
  const blur = random.normal(2 * shapePoints, { standardDeviation: penWidth });
  return blur.map((offset, i) => {
    const dot = (i >> 1) % count;
    return offset + toPlane(dots[2 * dot + (i % 2)]);
  });
}

/** A dot's coordinate from 0 to 255, as one from 0.05 to 0.95. */
export const toPlane = (byte: number) => 0.05 + (0.9 * byte) / 255;
/** And back, rounded, within bounds. */
export const toByte = (x: number) => Math.round(255 * Math.min(1, Math.max(0, (x - 0.05) / 0.9)));

function pointSet(id: string, points: Float32Array): PointSet {
  return {
    id,
    title: id,
    source,
    options: {},
    size: points.length / 2,
    sampleShape: [2],
    range: [0, 1],
    batch: (indices) =>
      Float32Array.from({ length: 2 * indices.length }, (_, i) => points[2 * indices[i >> 1] + (i % 2)]),
  };
}
