import type { BrenierPotential } from '../potential/brenier-potential.js';

/** One cell of a potential in two dimensions: a convex polygon in [-0.5, 0.5]^2, counter-clockwise; empty where the cell is. */
export interface PlanarCell {
  /** `[corners, 2]`, row-major. */
  readonly corners: readonly number[];
  /** Of each side, from corner k to corner k + 1: the cell on its other side, or -1 on the border of the square. */
  readonly neighbours: readonly number[];
}

/**
 * The cells `W_i` of a potential in two dimensions, exact up to rounding: the square cut by the line between `W_i` and
 * every other cell. Costs `points^2` tests of a polygon's corners.
 */
export function planarCells(potential: Planes): PlanarCell[] {
  return Array.from({ length: potential.count }, (_, i) => planarCell(potential, i));
}

type Planes = Pick<BrenierPotential, 'points' | 'heights' | 'count'>;

/** Cell i of them. */
export function planarCell({ points, heights, count }: Planes, i: number): PlanarCell {
  let cell: PlanarCell = {
    corners: [-0.5, -0.5, 0.5, -0.5, 0.5, 0.5, -0.5, 0.5],
    neighbours: [-1, -1, -1, -1],
  };
  let [left, bottom, right, top] = boxOf(cell);
  for (let j = 0; j < count && cell.corners.length > 0; j++) {
    const a = points[2 * j] - points[2 * i];
    const b = points[2 * j + 1] - points[2 * i + 1];
    const c = heights[j] - heights[i];
    // Most lines miss the box around the cell; to see that costs less than to look at its corners.
    if (j === i || a * (a > 0 ? right : left) + b * (b > 0 ? top : bottom) + c <= 0) continue;
    const smaller = cut(cell, a, b, c, j);
    if (smaller === cell) continue;
    cell = smaller;
    [left, bottom, right, top] = boxOf(cell);
  }
  return cell;
}

/** The least and greatest coordinates of the corners. */
function boxOf({ corners }: PlanarCell): [left: number, bottom: number, right: number, top: number] {
  const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let k = 0; k < corners.length; k += 2) {
    box[0] = Math.min(box[0], corners[k]);
    box[1] = Math.min(box[1], corners[k + 1]);
    box[2] = Math.max(box[2], corners[k]);
    box[3] = Math.max(box[3], corners[k + 1]);
  }
  return box;
}

/** The part of a convex polygon where `a x + b y + c <= 0`; `beyond` lies on the other side. */
function cut(cell: PlanarCell, a: number, b: number, c: number, beyond: number): PlanarCell {
  const { corners, neighbours } = cell;
  const size = neighbours.length;
  let anyOutside = false;
  for (let k = 0; k < size && !anyOutside; k++)
    anyOutside = a * corners[2 * k] + b * corners[2 * k + 1] + c > 0;
  if (!anyOutside) return cell;

  const kept: number[] = [];
  const sides: number[] = [];
  for (let k = 0; k < size; k++) {
    const [x, y] = [corners[2 * k], corners[2 * k + 1]];
    const next = (k + 1) % size;
    const [nextX, nextY] = [corners[2 * next], corners[2 * next + 1]];
    const here = a * x + b * y + c;
    const there = a * nextX + b * nextY + c;
    if (here <= 0) {
      kept.push(x, y);
      sides.push(neighbours[k]);
    }
    if (here <= 0 === there <= 0) continue;
    const t = here / (here - there);
    kept.push(x + t * (nextX - x), y + t * (nextY - y));
    // Leaving, the new side runs along the line; entering, it is the rest of the old one.
    sides.push(here <= 0 ? beyond : neighbours[k]);
  }
  return { corners: kept, neighbours: sides };
}

/** The area of a cell; the square's is 1. */
export function areaOf({ corners }: PlanarCell): number {
  let twice = 0;
  for (let k = 0; k < corners.length; k += 2) {
    const next = (k + 2) % corners.length;
    twice += corners[k] * corners[next + 1] - corners[next] * corners[k + 1];
  }
  return Math.max(0, twice / 2);
}

/** The length of each side of a cell. */
export function sideLengths({ corners, neighbours }: PlanarCell): number[] {
  return neighbours.map((_, k) => {
    const next = (2 * k + 2) % corners.length;
    return Math.hypot(corners[next] - corners[2 * k], corners[next + 1] - corners[2 * k + 1]);
  });
}
