import type { Dataset, MetricResult, SampleBatch } from '@dist-gan/core';
import type { Mixture } from '@dist-gan/datasets';
import type { Plane } from '@dist-gan/viewer';
import { count, number } from '../progress/index.js';
import { drawDensity } from './density.js';
import { drawImageGrid, gridImages } from './image-grid.js';
import { drawableShape, imageBytes } from './image-pixels.js';
import { samplePlane } from './sample-plane.js';
import { drawScatter, type Modes } from './scatter.js';

interface Evaluation {
  /** Finished training steps. */
  readonly step: number;
  readonly samples: SampleBatch;
  readonly results: readonly MetricResult[];
}

/** Draws the samples of an evaluation; gives a PNG file. */
export type SamplePainter = (evaluation: Evaluation) => Promise<Uint8Array>;

const firstResults = ['fid', 'frechet-distance', 'modes-covered', 'kl-divergence', 'mean-density-kl'];

type PlaneModes = NonNullable<Plane['modes']>;

/**
 * How samples of a data set are pictured: points as a scatter plot over the true modes, numbers as a
 * density beside the real one, images as a grid. `undefined` when samples are none of these.
 */
export async function samplePainter(
  dataset: Dataset & { readonly mixture?: Mixture },
  name: string,
): Promise<SamplePainter | undefined> {
  const shape = drawableShape(dataset);
  const title = (step: number) => `${name}, step ${count(step)}`;

  if (shape !== undefined) {
    return ({ step, samples, results }) =>
      drawImageGrid({
        title: title(step),
        subtitle: numbers(results) || 'from the same latents every time',
        images: imageBytes(samples.data, dataset.range, shape, gridImages),
        shape,
      });
  }
  const placed = await samplePlane(dataset);
  if (placed === undefined) return undefined;
  const { plane, real } = placed;
  if (plane.dimension === 1) {
    return ({ step, samples, results }) =>
      drawDensity({
        title: title(step),
        subtitle: numbers(results),
        generated: placed.place(samples),
        real,
        limits: plane.limits,
      });
  }
  return ({ step, samples, results }) =>
    drawScatter({
      title: title(step),
      subtitle:
        plane.modes === undefined ? numbers(results) : modesCovered(results, plane.modes, samples.count),
      generated: placed.place(samples),
      limits: plane.limits,
      real,
      ...(plane.modes !== undefined && { modes: judged(plane.modes, results, plane.scale) }),
    });
}

/** The modes with what the run's metric says of each, and with the radius that it goes by. */
function judged(modes: PlaneModes, results: readonly MetricResult[], scale: number): Modes {
  const result = results.find(({ id }) => id === 'modes-covered');
  if (result?.modes === undefined) return modes;
  return {
    ...modes,
    radius: Number(result.protocol.radius) * Math.abs(scale),
    covered: result.modes.map(({ covered }) => covered),
  };
}

function modesCovered(results: readonly MetricResult[], { centres }: PlaneModes, generated: number): string {
  const value = (id: string) => results.find((result) => result.id === id)?.value;
  const covered = value('modes-covered');
  const registered = value('registered-points');
  return [
    ...(covered === undefined ? [] : [`${count(covered)} of ${count(centres.length)} modes covered`]),
    ...(registered === undefined ? [] : [`${count(registered)} of ${count(generated)} points registered`]),
  ].join(', ');
}

/** All results, those first that one looks for first: a picture has room for a few. */
function numbers(results: readonly MetricResult[]): string {
  const rank = ({ id }: MetricResult) =>
    firstResults.includes(id) ? firstResults.indexOf(id) : firstResults.length;
  return results
    .toSorted((a, b) => rank(a) - rank(b))
    .map(({ id, value }) => `${id} ${number(value)}`)
    .join(', ');
}
