import { expect, test } from 'vitest';
import { directionalDerivative, partialDerivatives, squaredGradientNorm } from './finite-differences.js';

const f = (point: Float64Array) => Math.sin(point[0]) * Math.exp(point[1]);
const point = Float64Array.of(0.7, -0.4);

test('partial derivatives match the closed form to 1e-12', () => {
  const [dx, dy] = partialDerivatives(f, point);
  expect(dx).toBeCloseTo(Math.cos(0.7) * Math.exp(-0.4), 12);
  expect(dy).toBeCloseTo(Math.sin(0.7) * Math.exp(-0.4), 12);
  expect(Array.from(partialDerivatives(f, point, 1, 2))).toEqual([dy]);
});

test('a directional derivative is the product with the direction', () => {
  const [dx, dy] = partialDerivatives(f, point);
  expect(directionalDerivative(f, point, Float64Array.of(0.3, -0.9))).toBeCloseTo(0.3 * dx - 0.9 * dy, 12);
});

test('the derivative of a squared gradient norm matches the closed form to 1e-9', () => {
  // |grad f|^2 = exp(2y) (cos^2 + sin^2) = exp(2y)
  const [dx, dy] = partialDerivatives(squaredGradientNorm(f), point);
  expect(dx).toBeCloseTo(0, 9);
  expect(dy).toBeCloseTo(2 * Math.exp(-0.8), 9);
});

test('the point is left as it was', () => {
  const before = Array.from(point);
  partialDerivatives(squaredGradientNorm(f), point);
  expect(Array.from(point)).toEqual(before);
});
