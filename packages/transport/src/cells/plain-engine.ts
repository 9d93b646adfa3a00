import type { MakePlaneEngine } from './plane-engine.js';

/** An engine in plain JavaScript and float64, on one thread: everywhere, nothing to install. */
export const plainEngine: MakePlaneEngine = async ({ points, dimension, count }, highest) => {
  const values = new Float64Array(count);
  return {
    id: 'plain',
    async find(samples, heights) {
      const rows = samples.length / dimension;
      const found = new Int32Array(rows * highest);
      for (let row = 0; row < rows; row++) {
        const sample = samples.subarray(row * dimension, (row + 1) * dimension);
        for (let i = 0, at = 0; i < count; i++) {
          let value = heights[i];
          for (let k = 0; k < dimension; k++) value += sample[k] * points[at++];
          values[i] = value;
        }
        selectHighest(values, found.subarray(row * highest, (row + 1) * highest));
      }
      return found;
    },
    dispose() {},
  };
};

/** Fills `found` with the indices of the highest values, the highest first; of equal ones the first comes first. */
function selectHighest(values: Float64Array, found: Int32Array): void {
  const wanted = found.length;
  let held = 0;
  let least = -Infinity;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (held === wanted && value <= least) continue;
    let at = held < wanted ? held++ : wanted - 1;
    for (; at > 0 && values[found[at - 1]] < value; at--) found[at] = found[at - 1];
    found[at] = i;
    if (held === wanted) least = values[found[wanted - 1]];
  }
}
