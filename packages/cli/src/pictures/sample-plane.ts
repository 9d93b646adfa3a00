import type { Dataset, SampleBatch } from '@dist-gan/core';
import type { Mixture } from '@dist-gan/datasets';
import { packNumbers, type Plane } from '@dist-gan/viewer';
import { extremes, padded } from './limits.js';
import { readSamples } from './read-samples.js';

/** Where samples of one or two numbers lie, and how they get there. */
export interface SamplePlane {
  readonly plane: Plane;
  /** Real points, x, y, x, y, ... */
  readonly real: Float32Array;
  /** Samples in the coordinates of the plane. */
  place(samples: SampleBatch): Float32Array;
}

/** Real samples shown beside generated ones: points lie over one another, a density wants many. */
const realSamples = { 1: 20_000, 2: 2000 } as const;
/** Room around what is shown, in parts of it. */
const padding = { 1: 0.4, 2: 0.03 } as const;

/** The plane, or the line, that a data set's samples lie in; `undefined` for other samples. */
export async function samplePlane(
  dataset: Dataset & { readonly mixture?: Mixture },
): Promise<SamplePlane | undefined> {
  const { sampleShape, range, mixture } = dataset;
  const [dimension] = sampleShape;
  if (sampleShape.length !== 1 || (dimension !== 1 && dimension !== 2)) return undefined;
  // x' = (x / m + 1) / 2 took the coordinates x of the paper to the samples' x'.
  const m = mixture?.scale;
  const [scale, offset] = m === undefined ? [1, 0] : [2 * m, -m];
  const placed = (values: ArrayLike<number>) => Float32Array.from(values, (value) => scale * value + offset);
  const real = placed(await readSamples(dataset, realSamples[dimension]));
  return {
    plane: {
      dimension,
      limits: padded(extremes(dimension === 1 ? real : placed(range)), padding[dimension]),
      real: packNumbers(real),
      ...(dimension === 2 &&
        mixture !== undefined && {
          modes: {
            centres: mixture.centres.map((centre) => [...placed(centre)]),
            radius: mixture.registrationRadius * Math.abs(scale),
          },
        }),
      scale,
      offset,
    },
    real,
    place: ({ data }) => placed(data),
  };
}
