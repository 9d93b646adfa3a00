import type { RandomStream } from '@dist-gan/core';
import { countOf, type Features } from '../feature-matrix.js';
import { rowsAt, rowsOf } from '../rows.js';
import { multiply, type RunOptions } from '../../linear-algebra/index.js';
import { Clustering } from './clustering.js';

/** Samples whose products with all centres are in memory together. */
const samplesAtOnce = 1024;

interface KMeansOptions {
  readonly clusters: number;
  /** The most steps of a clustering. */
  readonly iterations: number;
  /** One for each clustering: draws its first centres. */
  readonly streams: readonly RandomStream[];
}

/**
 * Clusters features several times by Lloyd's algorithm from centres chosen by k-means++ (Arthur and Vassilvitskii 2007),
 * until no sample changes its cluster or for `iterations`. The clusterings know nothing of one another and take their
 * steps together: each pass over the features, which is what takes time, is one for all of them.
 *
 * @returns of each clustering, the cluster of each sample
 */
export async function kMeans(
  features: Features,
  { clusters, iterations, streams }: KMeansOptions,
  run: RunOptions,
): Promise<Uint32Array[]> {
  const firsts = await firstCentres(features, clusters, streams, run);
  const clusterings = firsts.map((chosen) => new Clustering(features, rowsAt(features, chosen)));
  for (let iteration = 0; iteration < iterations; iteration++) {
    const moving = clusterings.filter(({ isSettled }) => !isSettled);
    if (moving.length === 0) break;
    await assign(features, moving, iteration / iterations, run);
    for (const clustering of moving) clustering.step();
  }
  return clusterings.map(({ labels }) => labels);
}

/** k-means++ for each stream: each further centre is a sample, drawn by its squared distance to the nearest so far. */
async function firstCentres(
  features: Features,
  clusters: number,
  streams: readonly RandomStream[],
  run: RunOptions,
): Promise<number[][]> {
  const count = countOf(features);
  const lengths = squaredLengths(features);
  // Below this share of the squares that it is made of, a squared distance is rounding.
  const tolerance = (features.dimension + 8) * Number.EPSILON;
  const all = streams.map((stream) => ({
    stream,
    chosen: [stream.nextInteger(count)],
    squares: new Float64Array(count).fill(Infinity),
  }));
  for (let step = 1; step < clusters; step++) {
    const latest = all.map(({ chosen }) => chosen[step - 1]);
    await multiplyAll(features, rowsAt(features, latest), 0, run, (products, first) => {
      for (const [c, { squares }] of all.entries()) {
        const length = lengths[latest[c]];
        for (let i = first, at = c; at < products.length; i++, at += all.length) {
          const largest = lengths[i] + length;
          const square = largest - 2 * products[at];
          squares[i] = Math.min(squares[i], square > tolerance * largest ? square : 0);
        }
      }
    });
    for (const { stream, chosen, squares } of all) chosen.push(drawn(squares, stream));
  }
  return all.map(({ chosen }) => chosen);
}

/** An index, drawn in proportion to its weight; evenly when there is no weight. */
function drawn(weights: Float64Array, stream: RandomStream): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) sum += weights[i];
  if (sum === 0) return stream.nextInteger(weights.length);
  let left = stream.uniform(1)[0] * sum;
  for (let i = 0; i < weights.length; i++) {
    left -= weights[i];
    if (left < 0) return i;
  }
  return weights.length - 1;
}

/** Tells each clustering the nearest of its centres to each sample: the one of largest 2 x · c - |c|². */
async function assign(
  features: Features,
  clusterings: readonly Clustering[],
  done: number,
  run: RunOptions,
): Promise<void> {
  const [{ clusters, centres }] = clusterings;
  const together = new Float64Array(clusterings.length * centres.length);
  for (const [c, clustering] of clusterings.entries()) together.set(clustering.centres, c * centres.length);
  const norms = squaredLengths({ data: together, dimension: features.dimension });
  await multiplyAll(features, together, done, run, (products, first) => {
    const centresTogether = norms.length;
    for (let c = 0; c < clusterings.length; c++) {
      const centre = c * clusters;
      for (let sample = first, at = centre; at < products.length; sample++, at += centresTogether) {
        clusterings[c].take(sample, nearestOf(products, at, norms, centre, clusters));
      }
    }
  });
}

function nearestOf(
  products: Float64Array,
  at: number,
  norms: Float64Array,
  centre: number,
  clusters: number,
): number {
  let best = 0;
  let largest = -Infinity;
  for (let k = 0; k < clusters; k++) {
    const closeness = 2 * products[at + k] - norms[centre + k];
    if (closeness > largest) {
      best = k;
      largest = closeness;
    }
  }
  return best;
}

/** Tells the products of all samples with some vectors, of some samples at a time: row-major [samples, vectors]. */
async function multiplyAll(
  features: Features,
  vectors: Features['data'],
  done: number,
  run: RunOptions,
  tell: (products: Float64Array, first: number) => void,
): Promise<void> {
  const count = countOf(features);
  for (let first = 0; first < count; first += samplesAtOnce) {
    const a = rowsOf(features, first, Math.min(first + samplesAtOnce, count));
    tell(await multiply(run, { a, b: vectors, depth: features.dimension }, done), first);
  }
}

function squaredLengths({ data, dimension }: Features): Float64Array {
  const lengths = new Float64Array(data.length / dimension);
  for (let i = 0, at = 0; i < lengths.length; i++) {
    let sum = 0;
    for (let k = 0; k < dimension; k++, at++) sum += data[at] * data[at];
    lengths[i] = sum;
  }
  return lengths;
}
