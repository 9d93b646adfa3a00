import type { Dataset, MetricResult, SampleBatch } from '@dist-gan/core';
import type { Mixture } from '@dist-gan/datasets';
import { count, number } from '../progress/index.js';
import type { Canvas } from './canvas.js';
import { drawDensity } from './density.js';
import { drawImageGrid, gridImages } from './image-grid.js';
import { drawableShape, imageBytes } from './image-pixels.js';
import { extremes, padded } from './limits.js';
import { readSamples } from './read-samples.js';
import { drawScatter, type Modes } from './scatter.js';

interface Evaluation {
  /** Finished training steps. */
  readonly step: number;
  readonly samples: SampleBatch;
  readonly results: readonly MetricResult[];
}

/** Draws the samples of an evaluation; gives a PNG file. */
export type SamplePainter = (evaluation: Evaluation) => Uint8Array;

const firstResults = ['fid', 'frechet-distance', 'modes-covered', 'kl-divergence', 'mean-density-kl'];
/** Real samples shown beside generated ones. */
const realSamples = 20_000;
/** The authors' rule: a mode with fewer than 20 of 2000 points is missed. */
const authorsMinimumShare = 0.01;

/**
 * How samples of a data set are pictured: points as a scatter plot over the true modes, numbers as a
 * density beside the real one, images as a grid. `undefined` when samples are none of these.
 */
export async function samplePainter(
  dataset: Dataset & { readonly mixture?: Mixture },
  name: string,
): Promise<SamplePainter | undefined> {
  const [first] = dataset.sampleShape;
  const shape = drawableShape(dataset);
  const title = (step: number) => `${name}, step ${count(step)}`;
  const painter = (draw: (evaluation: Evaluation) => Canvas): SamplePainter => {
    return (evaluation) => draw(evaluation).toPng();
  };

  if (shape !== undefined) {
    return painter(({ step, samples, results }) =>
      drawImageGrid({
        title: title(step),
        subtitle: numbers(results) || 'from the same latents every time',
        images: imageBytes(samples.data, dataset.range, shape, gridImages),
        shape,
      }),
    );
  }
  if (dataset.sampleShape.length !== 1 || first > 2) return undefined;

  const original = toOriginal(dataset.mixture);
  if (first === 1) {
    const real = original(await readSamples(dataset, realSamples));
    const limits = padded(extremes(real), 0.4);
    return painter(({ step, samples, results }) =>
      drawDensity({
        title: title(step),
        subtitle: numbers(results),
        generated: original(samples.data),
        real,
        limits,
      }),
    );
  }
  const limits = padded(extremes(original(dataset.range)), 0.03);
  const { mixture } = dataset;
  const real = mixture === undefined ? original(await readSamples(dataset, realSamples)) : undefined;
  return painter(({ step, samples, results }) =>
    drawScatter({
      title: title(step),
      subtitle: mixture === undefined ? numbers(results) : modesCovered(results, mixture, samples.count),
      generated: original(samples.data),
      limits: { x: limits, y: limits },
      ...(real !== undefined && { real }),
      ...(mixture !== undefined && { modes: modesOf(mixture, results, samples.count, original) }),
    }),
  );
}

/** Takes samples back to the coordinates that their mixture is described in. */
function toOriginal(mixture: Mixture | undefined): (values: ArrayLike<number>) => Float64Array {
  const scale = mixture?.scale;
  return (values) =>
    Float64Array.from(values, (value) => (scale === undefined ? value : scale * (2 * value - 1)));
}

/** The modes in original coordinates, covered or missed by the rule that the run's metrics go by. */
function modesOf(
  mixture: Mixture,
  results: readonly MetricResult[],
  generated: number,
  original: (values: ArrayLike<number>) => Float64Array,
): Modes {
  const protocol = results.find(({ id }) => id === 'modes-covered')?.protocol ?? {};
  const { radius = mixture.registrationRadius, minimumShare = authorsMinimumShare, minimumCount } = protocol;
  return {
    centres: mixture.centres.map((centre) => [...original(centre)]),
    radius: Number(radius) * 2 * Math.abs(mixture.scale ?? 0.5),
    minimumCount: Number(minimumCount ?? Number(minimumShare) * generated),
  };
}

function modesCovered(results: readonly MetricResult[], mixture: Mixture, generated: number): string {
  const value = (id: string) => results.find((result) => result.id === id)?.value;
  const covered = value('modes-covered');
  const registered = value('registered-points');
  return [
    ...(covered === undefined ? [] : [`${count(covered)} of ${count(mixture.centres.length)} modes covered`]),
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
