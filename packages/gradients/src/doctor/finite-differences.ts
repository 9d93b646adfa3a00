/** Spacing of the stencil. Truncation is of order step^6, rounding of order 1e-16 / step. */
const step = 0.01;

/** Six-point central difference of the first derivative: coefficient of f(x + k step) - f(x - k step), k = 1..3. */
const coefficients = [3 / 4, -3 / 20, 1 / 60];

/** A function of a point that it neither changes nor keeps. */
export type ScalarFunction = (point: Float64Array) => number;

/** The derivative of f at a point along a direction, by central differences in float64. */
export function directionalDerivative(
  f: ScalarFunction,
  point: Float64Array,
  direction: Float64Array,
): number {
  const moved = Float64Array.from(point);
  return centralDifference((distance) => {
    for (let i = 0; i < moved.length; i++) moved[i] = point[i] + distance * direction[i];
    return f(moved);
  });
}

/** The derivatives of f with respect to the entries [start, end) of its point. */
export function partialDerivatives(
  f: ScalarFunction,
  point: Float64Array,
  start = 0,
  end = point.length,
): Float64Array {
  const moved = Float64Array.from(point);
  const derivatives = new Float64Array(end - start);
  for (let entry = start; entry < end; entry++) {
    derivatives[entry - start] = centralDifference((distance) => {
      moved[entry] = point[entry] + distance;
      return f(moved);
    });
    moved[entry] = point[entry];
  }
  return derivatives;
}

/** The sum of squares of the derivatives with respect to the entries [start, end): a gradient penalty. */
export function squaredGradientNorm(f: ScalarFunction, start?: number, end?: number): ScalarFunction {
  return (point) => {
    let sum = 0;
    for (const derivative of partialDerivatives(f, point, start, end)) sum += derivative * derivative;
    return sum;
  };
}

function centralDifference(valueAt: (distance: number) => number): number {
  let sum = 0;
  for (let k = 1; k <= coefficients.length; k++) {
    sum += coefficients[k - 1] * (valueAt(k * step) - valueAt(-k * step));
  }
  return sum / step;
}
