import type { RandomStream } from '@dist-gan/core';
import { countOf, type Features } from '../feature-matrix.js';
import { rowsAt, rowsOf } from '../rows.js';
import { multiply, pause, type RunOptions } from '../../linear-algebra/index.js';

/** Samples whose distances to all centres are in memory together. */
const samplesAtOnce = 4096;

/**
 * Clusters features by Lloyd's algorithm from centres chosen by k-means++ (Arthur and Vassilvitskii 2007), until no
 * sample changes its cluster or for `iterations`.
 *
 * @returns the cluster of each sample
 */
export async function kMeans(
  features: Features,
  clusters: number,
  iterations: number,
  stream: RandomStream,
  run: RunOptions,
): Promise<Uint32Array> {
  const { dimension } = features;
  let centres = await firstCentres(features, clusters, stream, run);
  let labels = new Uint32Array(countOf(features)).fill(clusters);
  for (let iteration = 0; iteration < iterations; iteration++) {
    const before = labels;
    labels = new Uint32Array(before.length);
    await nearestOf(
      features,
      centres,
      iteration / iterations,
      (sample, centre) => (labels[sample] = centre),
      run,
    );
    if (labels.every((label, i) => label === before[i])) break;
    centres = means(features, labels, centres, dimension);
  }
  return labels;
}

/** k-means++: each further centre is a sample, drawn by its squared distance to the nearest centre so far. */
async function firstCentres(
  features: Features,
  clusters: number,
  stream: RandomStream,
  run: RunOptions,
): Promise<Float64Array> {
  const { dimension } = features;
  const count = countOf(features);
  const chosen = [stream.nextInteger(count)];
  const squares = new Float64Array(count).fill(Infinity);
  while (chosen.length < clusters) {
    const centre = rowsAt(features, chosen.slice(-1));
    let sum = 0;
    for (let i = 0; i < count; i++) {
      squares[i] = Math.min(squares[i], squaredDistance(features.data, i * dimension, centre));
      sum += squares[i];
    }
    chosen.push(drawn(squares, sum, stream));
    await pause(run, 0);
  }
  return new Float64Array(rowsAt(features, chosen));
}

/** The squared distance of the features that begin at `start` from others. */
function squaredDistance(data: Features['data'], start: number, other: Features['data']): number {
  // Four sums: additions of one wait for each other.
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  let k = 3;
  for (; k < other.length; k += 4) {
    const at = start + k;
    const d0 = data[at - 3] - other[k - 3];
    const d1 = data[at - 2] - other[k - 2];
    const d2 = data[at - 1] - other[k - 1];
    const d3 = data[at] - other[k];
    s0 += d0 * d0;
    s1 += d1 * d1;
    s2 += d2 * d2;
    s3 += d3 * d3;
  }
  for (k -= 3; k < other.length; k++) s0 += (data[start + k] - other[k]) ** 2;
  return s0 + s1 + s2 + s3;
}

/** An index, drawn in proportion to its weight; evenly when there is no weight left. */
function drawn(weights: Float64Array, sum: number, stream: RandomStream): number {
  if (sum === 0) return stream.nextInteger(weights.length);
  let left = stream.uniform(1)[0] * sum;
  for (let i = 0; i < weights.length; i++) {
    left -= weights[i];
    if (left < 0) return i;
  }
  return weights.length - 1;
}

/** Tells for each sample its nearest centre: the one of largest 2 x · c - |c|². */
async function nearestOf(
  features: Features,
  centres: Float64Array,
  done: number,
  tell: (sample: number, centre: number) => void,
  run: RunOptions,
): Promise<void> {
  const { dimension } = features;
  const count = countOf(features);
  const clusters = centres.length / dimension;
  const norms = Float64Array.from({ length: clusters }, (_, c) =>
    centres.subarray(c * dimension, (c + 1) * dimension).reduce((sum, value) => sum + value * value, 0),
  );
  for (let first = 0; first < count; first += samplesAtOnce) {
    const a = rowsOf(features, first, Math.min(first + samplesAtOnce, count));
    const products = await multiply(run, { a, b: centres, depth: dimension }, done);
    for (let i = 0; i < products.length / clusters; i++) {
      let best = 0;
      let largest = -Infinity;
      for (let c = 0; c < clusters; c++) {
        const closeness = 2 * products[i * clusters + c] - norms[c];
        if (closeness > largest) [best, largest] = [c, closeness];
      }
      tell(first + i, best);
    }
  }
}

/** The mean of each cluster; an empty cluster keeps its centre. */
function means(
  { data }: Features,
  labels: Uint32Array,
  before: Float64Array,
  dimension: number,
): Float64Array {
  const sums = new Float64Array(before.length);
  const counts = new Uint32Array(before.length / dimension);
  for (let i = 0, at = 0; i < labels.length; i++) {
    counts[labels[i]]++;
    const start = labels[i] * dimension;
    for (let k = 0; k < dimension; k++) sums[start + k] += data[at++];
  }
  return sums.map((sum, at) => {
    const size = counts[Math.floor(at / dimension)];
    return size === 0 ? before[at] : sum / size;
  });
}
