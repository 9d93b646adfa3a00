/** An undirected graph with weights. */
export interface Edges {
  readonly from: readonly number[];
  readonly to: readonly number[];
  readonly weights: readonly number[];
  /** How many nodes there are. */
  readonly count: number;
}

/** The residual, relative to the right side, at which the solution is good enough for a step of Newton. */
const relativeTolerance = 1e-10;

/**
 * Solves `L x = b` for the graph's Laplacian L, a connected graph and a right side that sums to 0 (up to rounding, which is taken away), by conjugate gradients with
 * the diagonal as preconditioner. The solution is the one with mean 0.
 */
export function solveLaplacian({ from, to, weights, count }: Edges, right: Float64Array): Float64Array {
  const diagonal = new Float64Array(count);
  weights.forEach((weight, e) => {
    diagonal[from[e]] += weight;
    diagonal[to[e]] += weight;
  });
  const apply = (x: Float64Array): Float64Array => {
    const product = new Float64Array(count);
    for (let e = 0; e < weights.length; e++) {
      const flow = weights[e] * (x[from[e]] - x[to[e]]);
      product[from[e]] += flow;
      product[to[e]] -= flow;
    }
    return product;
  };
  const solution = new Float64Array(count);
  // No solution reaches a part of the right side that is the same for all nodes.
  const residual = withoutMean(right);
  let scaled = residual.map((value, i) => value / diagonal[i]);
  let direction = scaled;
  let energy = dot(residual, scaled);
  const enough = relativeTolerance ** 2 * dot(right, right);
  for (let step = 0; step < 10 * count && dot(residual, residual) > enough; step++) {
    const product = apply(direction);
    const length = energy / dot(direction, product);
    for (let i = 0; i < count; i++) {
      solution[i] += length * direction[i];
      residual[i] -= length * product[i];
    }
    scaled = residual.map((value, i) => value / diagonal[i]);
    const next = dot(residual, scaled);
    const previous = direction;
    const share = next / energy;
    direction = scaled.map((value, i) => value + share * previous[i]);
    energy = next;
  }
  return withoutMean(solution);
}

function withoutMean(values: Float64Array): Float64Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map((value) => value - mean);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
