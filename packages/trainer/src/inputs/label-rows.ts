import type { Dataset, Method, RandomStream } from '@dist-gan/core';
import type { InputLayout } from './input-layout.js';
import type { RealSamples } from './real-samples.js';

/**
 * The feed of labels: for each optimiser call of a step the one-hot classes of a batch. They are those of the real samples that
 * the phase sees, or of samples drawn at random where it sees none.
 *
 * @param random of labels
 */
export function labelRows(
  { phases }: Method,
  layout: InputLayout,
  real: RealSamples,
  { labels, size }: Pick<Dataset, 'labels' | 'size'>,
  random: RandomStream,
): (step: number) => Float32Array {
  const { batchSize, classes } = layout;
  const calls = phases.flatMap((phase) =>
    Array.from({ length: phase.repeats }, (_, repeat) => ({
      row: Object.values(layout.places(phase, repeat)).find(({ feed }) => feed === 'real')?.row,
      stream: random.derive(phase.name).derive(repeat),
    })),
  );
  return (step) => {
    const ofReal = real.indices(step);
    const hot = new Float32Array(calls.length * batchSize * classes);
    calls.forEach(({ row, stream }, call) => {
      const indices =
        row === undefined
          ? stream
              .derive(step)
              .uniform(batchSize)
              .map((place) => Math.floor(place * size))
          : ofReal.subarray(row * batchSize, (row + 1) * batchSize);
      indices.forEach((index: number, i: number) => {
        hot[(call * batchSize + i) * classes + labels![index]] = 1;
      });
    });
    return hot;
  };
}
