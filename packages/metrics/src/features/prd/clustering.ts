import { countOf, type Features } from '../feature-matrix.js';

/** One clustering of features into as many clusters as it has centres, while Lloyd's algorithm makes it. */
export class Clustering {
  readonly clusters: number;
  /** Row-major [clusters, dimension]. */
  readonly centres: Float64Array;
  /** The cluster of each sample. */
  readonly labels: Uint32Array;
  /** Whether no sample changed its cluster in the last step. */
  isSettled = false;
  private hasChanged = false;
  private readonly sums: Float64Array;
  private readonly counts: Uint32Array;

  constructor(
    private readonly features: Features,
    firstCentres: Features['data'],
  ) {
    this.centres = new Float64Array(firstCentres);
    this.clusters = firstCentres.length / features.dimension;
    // In none yet.
    this.labels = new Uint32Array(countOf(features)).fill(this.clusters);
    this.sums = new Float64Array(firstCentres.length);
    this.counts = new Uint32Array(this.clusters);
  }

  /** Puts a sample into a cluster. Sums follow the samples that change, which soon are few. */
  take(sample: number, cluster: number): void {
    const before = this.labels[sample];
    if (before === cluster) return;
    this.hasChanged = true;
    this.labels[sample] = cluster;
    if (before < this.clusters) this.add(sample, before, -1);
    this.add(sample, cluster, 1);
  }

  /** Moves each centre to the mean of its cluster; that of an empty cluster stays. */
  step(): void {
    this.isSettled = !this.hasChanged;
    this.hasChanged = false;
    const { centres, sums, counts } = this;
    const { dimension } = this.features;
    for (let cluster = 0, at = 0; cluster < this.clusters; cluster++) {
      const size = counts[cluster];
      for (let k = 0; k < dimension; k++, at++) if (size > 0) centres[at] = sums[at] / size;
    }
  }

  private add(sample: number, cluster: number, sign: 1 | -1): void {
    const { data, dimension } = this.features;
    const { sums } = this;
    this.counts[cluster] += sign;
    let [from, to] = [sample * dimension, cluster * dimension];
    for (const end = from + dimension; from < end; from++, to++) sums[to] += sign * data[from];
  }
}
