import { NonFiniteError, ShapeError, type SampleBatch } from '@dist-gan/core';

/**
 * Checks a batch of samples and gives the length of one.
 *
 * @param dimension what the length of one must be, where that is fixed
 * @throws ShapeError when data, count and shape do not fit together or not the dimension
 * @throws NonFiniteError naming the first value that is NaN or infinite
 */
export function checkSamples(id: string, samples: SampleBatch, dimension?: number): number {
  const { data, count, sampleShape } = samples;
  const length = sampleShape.reduce((product, extent) => product * extent, 1);
  if (dimension !== undefined && length !== dimension) {
    throw new ShapeError(
      `${id}: samples must have ${dimension} coordinate${dimension === 1 ? '' : 's'} like the centres, ` +
        `got samples of shape [${sampleShape.join(', ')}]`,
      'sampleShape',
      sampleShape,
      `[${dimension}]`,
    );
  }
  if (data.length !== count * length) {
    throw new ShapeError(
      `${id}: ${count} samples of shape [${sampleShape.join(', ')}] are ${count * length} numbers, ` +
        `got ${data.length}`,
      'data',
      [data.length],
      `[${count * length}]`,
    );
  }
  const bad = data.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    const sample = Math.floor(bad / length);
    throw new NonFiniteError(
      `${id}: value ${bad % length} of sample ${sample} of the batch is ${data[bad]}; ` +
        'nothing of the batch was counted',
      `sample ${sample}`,
    );
  }
  return length;
}

/**
 * Refuses to make a number out of nothing.
 *
 * @throws ShapeError when there are no samples
 */
export function needSamples(id: string, count: number, kind = 'generated'): void {
  if (count > 0) return;
  throw new ShapeError(
    `${id}: no ${kind} samples were seen; update the metric first`,
    kind,
    [0],
    '[1 or more]',
  );
}
