import type { TargetPoints } from '../points/check-points.js';
import { centreHeights } from '../potential/brenier-potential.js';
import { solveLaplacian, type Edges } from './laplacian.js';
import { areaOf, planarCell, sideLengths, type PlanarCell } from './power-diagram.js';
import { heightsOnTheLine } from './solve-line.js';

export interface NewtonResult {
  /** With mean 0. */
  readonly heights: Float64Array;
  readonly steps: number;
  /** Euclidean norm of (area - mass). */
  readonly gradientNorm: number;
}

/** How far Newton's method is. */
export interface NewtonProgress {
  /** Steps that are done, and the one at work. */
  readonly step: number;
  /** Cells that it has cut. */
  readonly cells: number;
  /** Euclidean norm of (area - mass) before it; none at the start. */
  readonly gradientNorm?: number;
}

interface NewtonOptions {
  readonly tolerance: number;
  readonly maximumSteps: number;
  /** After every cell. What it throws ends the method. */
  readonly onTurn: (progress: NewtonProgress) => Promise<void>;
}

/** Steps are halved at most so often; a step of 2^-30 changes nothing any more. */
const mostHalvings = 30;

/**
 * Damped Newton on the exact areas of the cells in two dimensions: quadratic convergence, usually in 4 to 10 steps.
 *
 * `d area_i / d h_j = -length of the common side / |y_i - y_j|`, a weighted Laplacian of the graph of neighbours. It is
 * regular on differences of heights as long as no cell is empty: steps are halved until every area stays above half of
 * the least area or mass at the start, and the norm falls.
 *
 * @see Kitagawa, Merigot, Thibert, "Convergence of a Newton algorithm for semi-discrete optimal transport", 2019
 */
export async function newton(
  target: TargetPoints,
  { tolerance, maximumSteps, onTurn }: NewtonOptions,
): Promise<NewtonResult> {
  let now = await evaluate(target, startingHeights(target), (cells) => onTurn({ step: 0, cells }));
  const least = Math.min(leastOf(now.areas), leastOf(target.masses)) / 2;
  for (let step = 0; ; step++) {
    if (now.norm <= tolerance || step >= maximumSteps) {
      return { heights: now.heights, steps: step, gradientNorm: now.norm };
    }
    const direction = solveLaplacian(edgesOf(now.cells, target), now.errors);
    let halvings = 0;
    for (let share = 1; ; share /= 2, halvings++) {
      const heights = now.heights.map((height, i) => height - share * direction[i]);
      const { norm } = now;
      const next = await evaluate(target, heights, (cells) =>
        onTurn({ step: step + 1, gradientNorm: norm, cells }),
      );
      const falls = next.norm <= (1 - share / 2) * norm && leastOf(next.areas) >= least;
      if (falls) {
        now = next;
        break;
      }
      // Rounding is reached: no step makes it better.
      if (halvings === mostHalvings) return { heights: now.heights, steps: step, gradientNorm: now.norm };
    }
  }
}

interface Evaluation {
  readonly heights: Float64Array;
  readonly cells: readonly PlanarCell[];
  readonly areas: Float64Array;
  /** area - mass: the gradient. */
  readonly errors: Float64Array;
  readonly norm: number;
}

/** @param heights are given the mean 0: the nearer to 0 they are, the less is rounded away */
async function evaluate(
  target: TargetPoints,
  heights: Float64Array,
  onCell: (cells: number) => Promise<void>,
): Promise<Evaluation> {
  centreHeights(heights);
  const potential = { ...target, heights };
  const cells: PlanarCell[] = [];
  for (let i = 0; i < target.count; i++) {
    cells.push(planarCell(potential, i));
    await onCell(i + 1);
  }
  const areas = Float64Array.from(cells, areaOf);
  const errors = areas.map((area, i) => area - target.masses[i]);
  return {
    heights,
    cells,
    areas,
    errors,
    norm: Math.sqrt(errors.reduce((sum, error) => sum + error ** 2, 0)),
  };
}

/** Of any number of values: as arguments of Math.min a hundred thousand are too many. */
const leastOf = (values: Float64Array): number => values.reduce((least, value) => Math.min(least, value));

/**
 * Heights of which no cell is empty, however near to one another points are: the sum of those of the transport of either coordinate. In
 * the rectangle of the cells of its two coordinates no plane is higher than that of a point.
 */
function startingHeights({ points, masses }: TargetPoints): Float64Array {
  const heightsOf = (axis: number) =>
    heightsOnTheLine(
      masses.map((_, i) => points[2 * i + axis]),
      masses,
    );
  const [horizontal, vertical] = [heightsOf(0), heightsOf(1)];
  return horizontal.map((height, i) => height + vertical[i]);
}

/** Neighbouring cells, each pair once, with the weight of its entry of the second derivative. */
function edgesOf(cells: readonly PlanarCell[], { points, count }: TargetPoints): Edges {
  const from: number[] = [];
  const to: number[] = [];
  const weights: number[] = [];
  cells.forEach((cell, i) => {
    const lengths = sideLengths(cell);
    cell.neighbours.forEach((j, side) => {
      if (j <= i || lengths[side] === 0) return;
      from.push(i);
      to.push(j);
      weights.push(
        lengths[side] / Math.hypot(points[2 * i] - points[2 * j], points[2 * i + 1] - points[2 * j + 1]),
      );
    });
  });
  return { from, to, weights, count };
}
