import { centred } from './centred-planes.js';
import type { MakePlaneEngine, PlaneEngine, Planes } from './plane-engine.js';

/** Candidates that are kept for each sample. */
const candidateCount = 32;

/** Of float32: above, numbers are infinite; below, they lose digits, or are taken for 0. */
const largestFloat32 = 2 ** 127;
const smallestFloat32 = 2 ** -126;

/** Samples that are looked up between two looks at the clock and the signal. */
const rowsOfATurn = 1024;

/**
 * Knows in which cell each sample lies while the heights move: the index of the highest plane, exactly as float64
 * computes it, and of equally high ones the first.
 *
 * Comparing every sample with every plane at each step would cost `samples x points x dimension`. Instead each sample
 * keeps the planes that were highest when it was last looked up, with their products, and a bound that no other plane
 * exceeded. A plane rises by at most `max_i (h_i - h_i before)` per step; the sum of these rises is `risen`. As long
 * as the best candidate is above the bound plus what has risen since, it is the highest of all planes. Only
 * samples for which that fails are looked up again. (Hamerly's bound for k-means, 2010, for planes.)
 *
 * Memory: `samples x (candidates x 12 + dimension x 4 + 12)` bytes, with 32 candidates.
 */
export class CellTracker {
  private readonly planes: Planes;
  private readonly kept: number;
  private readonly largestNorm: number;
  private engine: PlaneEngine | undefined;

  private samples: Float32Array = new Float32Array(0);
  private count = 0;
  private candidates = new Int32Array(0);
  private products = new Float64Array(0);
  private bounds = new Float64Array(0);
  private cells = new Int32Array(0);

  private lastHeights: Float64Array | undefined;
  private risen = 0;

  constructor(
    planes: Planes,
    private readonly makeEngine: MakePlaneEngine,
  ) {
    this.planes = centred(planes);
    // With one more place than planes there is no plane outside: nothing is ever looked up again.
    this.kept = Math.min(candidateCount, planes.count);
    this.largestNorm = largestAbsoluteSum(this.planes);
  }

  /** Replaces the samples, `[count, dimension]`, by more of them that begin with the same ones. */
  grow(samples: Float32Array): void {
    const count = samples.length / this.planes.dimension;
    const extended = <Values extends Int32Array | Float64Array>(old: Values, values: Values): Values => {
      values.set(old);
      return values;
    };
    this.candidates = extended(this.candidates, new Int32Array(count * this.kept));
    this.products = extended(this.products, new Float64Array(count * this.kept));
    this.bounds = extended(this.bounds, new Float64Array(count).fill(Infinity, this.count));
    this.cells = new Int32Array(count);
    this.samples = samples;
    this.count = count;
  }

  /**
   * The cell of each sample. The array is the tracker's own, and is overwritten by the next call.
   *
   * @param turn called now and then during long work; when it throws, nothing is lost
   */
  async locate(heights: Float64Array, turn: () => Promise<unknown> = async () => {}): Promise<Int32Array> {
    this.rise(heights);
    const stale: number[] = [];
    for (let row = 0; row < this.count; row++) {
      if (!this.decide(row, heights)) stale.push(row);
    }
    for (let from = 0; from < stale.length; from += rowsOfATurn) {
      await turn();
      await this.lookUp(stale.slice(from, from + rowsOfATurn), heights);
    }
    return this.cells;
  }

  dispose(): void {
    this.engine?.dispose();
    this.engine = undefined;
  }

  private rise(heights: Float64Array): void {
    if (this.lastHeights === undefined) {
      this.lastHeights = Float64Array.from(heights);
      return;
    }
    let rise = -Infinity;
    for (let i = 0; i < heights.length; i++) rise = Math.max(rise, heights[i] - this.lastHeights[i]);
    this.risen += rise;
    this.lastHeights.set(heights);
  }

  /** Takes the highest candidate as the sample's cell; says whether no other plane can be as high. */
  private decide(row: number, heights: Float64Array): boolean {
    const { candidates, products, kept } = this;
    let [best, cell] = [-Infinity, -1];
    for (let at = row * kept, end = at + kept; at < end; at++) {
      const candidate = candidates[at];
      const value = products[at] + heights[candidate];
      if (value > best || (value === best && candidate < cell)) {
        best = value;
        cell = candidate;
      }
    }
    this.cells[row] = cell;
    return best > this.bounds[row] + this.risen;
  }

  private async lookUp(rows: readonly number[], heights: Float64Array): Promise<void> {
    const { planes, kept, samples } = this;
    const { dimension, count } = planes;
    if (kept === count) {
      for (const row of rows) {
        for (let i = 0; i < count; i++) this.keep(row, i, i);
        this.bounds[row] = -Infinity;
        this.decide(row, heights);
      }
      return;
    }
    this.engine ??= await this.makeEngine(planes, kept + 1);
    const asked = new Float32Array(rows.length * dimension);
    rows.forEach((row, i) =>
      asked.set(samples.subarray(row * dimension, (row + 1) * dimension), i * dimension),
    );
    const found = await this.engine.find(asked, heights);
    const doubt = this.roundingOfFloat32(heights);
    rows.forEach((row, i) => {
      const own = found.subarray(i * (kept + 1), (i + 1) * (kept + 1));
      for (let place = 0; place < kept; place++) this.keep(row, place, own[place]);
      // A plane outside the list is, in float32, no higher than the first one that was left out.
      const outside = this.product(row, own[kept]) + heights[own[kept]];
      this.bounds[row] = outside + doubt - this.risen;
      if (!this.decide(row, heights)) this.cells[row] = this.highestOfAll(row, heights);
    });
  }

  private keep(row: number, place: number, plane: number): void {
    this.candidates[row * this.kept + place] = plane;
    this.products[row * this.kept + place] = this.product(row, plane);
  }

  private product(row: number, plane: number): number {
    const { points, dimension } = this.planes;
    let sum = 0;
    for (let k = 0, x = row * dimension, y = plane * dimension; k < dimension; k++) {
      sum += this.samples[x + k] * points[y + k];
    }
    return sum;
  }

  /** Where candidates are too close for float32 to tell, all planes are compared. */
  private highestOfAll(row: number, heights: Float64Array): number {
    let [best, cell] = [-Infinity, -1];
    for (let i = 0; i < this.planes.count; i++) {
      const value = this.product(row, i) + heights[i];
      if (value > best) [best, cell] = [value, i];
    }
    return cell;
  }

  /**
   * Twice the most by which float32 can be off: `(dimension + 3) 2^-24 (sum_k |x_k y_k| + |h|)`, to first order, doubled
   * again for the terms above it; `|x_k|` is at most 0.5. Beside that, what is too small for float32 may be lost of each term; of planes
   * that it has no numbers for it says nothing.
   */
  private roundingOfFloat32(heights: Float64Array): number {
    let largestHeight = 0;
    for (const height of heights) largestHeight = Math.max(largestHeight, Math.abs(height));
    const highest = 0.5 * this.largestNorm + largestHeight;
    // A point itself is twice as large as its part of that.
    if (2 * highest >= largestFloat32) return Infinity;
    return 4 * (this.planes.dimension + 3) * (2 ** -24 * highest + smallestFloat32);
  }
}

function largestAbsoluteSum({ points, dimension }: Planes): number {
  let largest = 0;
  for (let from = 0; from < points.length; from += dimension) {
    let sum = 0;
    for (let k = 0; k < dimension; k++) sum += Math.abs(points[from + k]);
    largest = Math.max(largest, sum);
  }
  return largest;
}
