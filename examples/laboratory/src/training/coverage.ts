import { RandomStream, type SampleBatch } from '@dist-gan/core';
import { densityCoverage, modeCoverage } from '@dist-gan/metrics';
import type { Distribution } from '../distributions/distributions.js';
import type { Coverage } from './messages.js';

/** Of a shape without modes; the time that it takes grows with the square. */
const comparedPoints = 500;

const batchOf = (data: Float32Array): SampleBatch => ({ data, count: data.length / 2, sampleShape: [2] });

/** What says how much of a distribution points cover, by the rules of `@dist-gan/metrics`. */
export function coverageOf({ dataset, modes }: Distribution): (samples: Float32Array) => Promise<Coverage> {
  if (modes !== undefined) {
    return async (samples) => {
      const metric = modeCoverage(modes);
      metric.update(batchOf(samples));
      const results = metric.results();
      const resultOf = (wanted: string) => results.find(({ id }) => id === wanted)!;
      const covered = resultOf('modes-covered').modes!.map((mode) => mode.covered);
      return { of: 'modes', covered, registered: resultOf('registered-points').value };
    };
  }
  const random = RandomStream.fromSeed(0).derive('compared');
  const indices = Array.from({ length: comparedPoints }, () => random.nextUint32() % dataset.size);
  const real = { data: dataset.batch(indices), dimension: 2 };
  return async (samples) => {
    const generated = { data: samples.slice(0, 2 * comparedPoints), dimension: 2 };
    const results = await densityCoverage({ real, generated });
    return { of: 'points', share: results.find(({ id }) => id === 'coverage')!.value };
  };
}
