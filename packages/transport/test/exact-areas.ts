/** A line `a x + b y + c = 0`, or a corner `(x / w, y / w)`: whole numbers. */
type Triple = readonly [bigint, bigint, bigint];

interface Planes {
  /** `[count, 2]`, row-major. */
  readonly points: ArrayLike<number>;
  readonly heights: ArrayLike<number>;
}

/** Digits behind the binary point of areas as they are summed. */
const digits = 200n;

/**
 * The areas of the cells in [-0.5, 0.5]^2 where each of these planes is the highest, without any rounding: a float64 is a whole number
 * over a power of two, and so is all that is compared.
 */
export function exactAreas({ points, heights }: Planes): number[] {
  const values = [...Array.from(points), ...Array.from(heights)];
  const places = Math.max(...values.map(placesOf));
  const [x, y, h] = [0, 1, 2].map((k) =>
    Array.from({ length: heights.length }, (_, i) => wholeOf(k < 2 ? points[2 * i + k] : heights[i], places)),
  );
  return x.map((_, i) => {
    // Inside is where a x + b y + c <= 0. The sides of the square, counter-clockwise.
    let sides: Triple[] = [
      [0n, -2n, -1n],
      [2n, 0n, -1n],
      [0n, 2n, -1n],
      [-2n, 0n, -1n],
    ];
    for (let j = 0; j < x.length; j++) {
      if (j !== i) sides = cut(sides, [x[j] - x[i], y[j] - y[i], h[j] - h[i]]);
    }
    return areaOf(sides);
  });
}

/** Sides of a convex polygon, counter-clockwise: corner k is where side k meets the next. */
function cut(sides: readonly Triple[], line: Triple): Triple[] {
  const corner = (k: number) => cross(sides.at(k % sides.length)!, sides[(k + 1) % sides.length]);
  const isInside = sides.map((_, k) => dot(line, corner(k)) <= 0n);
  return sides.flatMap((side, k) => {
    const [before, after] = [isInside.at(k - 1), isInside[k]];
    if (before === true && after === false) return [side, line];
    return before === true || after === true ? [side] : [];
  });
}

function areaOf(sides: readonly Triple[]): number {
  let twice = 0n;
  const corners = sides.map((side, k) => cross(side, sides[(k + 1) % sides.length]));
  corners.forEach(([x, y, w], k) => {
    const [nextX, nextY, nextW] = corners[(k + 1) % corners.length];
    twice += ((x * nextY - nextX * y) << digits) / (w * nextW);
  });
  return Number(twice) / 2 ** Number(digits + 1n);
}

/** Of a corner `w` is positive: the sides turn to the left. */
const cross = ([a, b, c]: Triple, [d, e, f]: Triple): Triple => [b * f - c * e, c * d - a * f, a * e - b * d];

const dot = ([a, b, c]: Triple, [x, y, w]: Triple): bigint => a * x + b * y + c * w;

/** How often a number must be doubled until it is whole. */
function placesOf(value: number): number {
  let places = 0;
  for (; !Number.isInteger(value); places++) value *= 2;
  return places;
}

function wholeOf(value: number, places: number): bigint {
  const own = placesOf(value);
  return BigInt(value * 2 ** own) << BigInt(places - own);
}
