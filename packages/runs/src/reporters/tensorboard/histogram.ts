/** How numbers are spread, as TensorBoard's `HistogramProto` has it. */
export interface Histogram {
  readonly min: number;
  readonly max: number;
  readonly count: number;
  readonly sum: number;
  readonly sumOfSquares: number;
  /** Right ends of the buckets, increasing. */
  readonly limits: readonly number[];
  /** How many numbers are in each. */
  readonly counts: readonly number[];
}

const buckets = 30;

/** The histogram of the finite among some numbers, in 30 buckets of one width; undefined where there is none. */
export function histogramOf(values: ArrayLike<number>): Histogram | undefined {
  let [min, max, count, sum, sumOfSquares] = [Infinity, -Infinity, 0, 0, 0];
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (!Number.isFinite(value)) continue;
    min = Math.min(min, value);
    max = Math.max(max, value);
    count++;
    sum += value;
    sumOfSquares += value * value;
  }
  if (count === 0) return undefined;
  const facts = { min, max, count, sum, sumOfSquares };
  const width = (max - min) / buckets;
  // One number, or numbers so near or so far that no width says where they are: one bucket.
  if (width === 0 || width === Infinity) return { ...facts, limits: [max], counts: [count] };
  const counts = new Array<number>(buckets).fill(0);
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i])) counts[Math.min(buckets - 1, Math.floor((values[i] - min) / width))]++;
  }
  const limits = counts.map((_, i) => (i === buckets - 1 ? max : min + (i + 1) * width));
  return { ...facts, limits, counts };
}
