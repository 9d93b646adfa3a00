import type { LatentOptions } from '../contracts/index.js';

/**
 * `steps` latents in equal steps from one latent to another, both included, one after the other. Normal latents go along
 * an arc: the middle of a straight line is shorter than any latent that a generator of many dimensions has been trained
 * on.
 *
 * @see White, "Sampling generative networks", 2016, arXiv 1609.04468, section 2.1
 */
export function interpolateLatents(
  from: Float32Array,
  to: Float32Array,
  steps: number,
  distribution: LatentOptions['distribution'],
): Float32Array {
  const angle = distribution === 'uniform' ? 0 : angleBetween(from, to);
  const latents = new Float32Array(steps * from.length);
  for (let step = 0; step < steps; step++) {
    const [ofFrom, ofTo] = shares(steps === 1 ? 0 : step / (steps - 1), angle);
    const start = step * from.length;
    for (let i = 0; i < from.length; i++) latents[start + i] = ofFrom * from[i] + ofTo * to[i];
  }
  return latents;
}

/** Of the two ends, so far along the way (0 to 1); an angle of 0 is a straight line. */
function shares(way: number, angle: number): [number, number] {
  const sine = Math.sin(angle);
  if (sine < 1e-6) return [1 - way, way];
  return [Math.sin((1 - way) * angle) / sine, Math.sin(way * angle) / sine];
}

function angleBetween(a: Float32Array, b: Float32Array): number {
  let [product, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    product += a[i] * b[i];
    aa += a[i] ** 2;
    bb += b[i] ** 2;
  }
  return Math.acos(Math.min(1, Math.max(-1, product / Math.sqrt(aa * bb))));
}
