import type { LatentOptions } from '../contracts/index.js';
import { OptionError, ShapeError } from '../errors/index.js';

/**
 * `steps` latents in equal steps from one latent to another, both included, one after the other. Normal latents go along
 * an arc: the middle of a straight line is shorter than any latent that a generator of many dimensions has been trained
 * on. Where there is no angle, at a latent of zeros, they go along a line.
 *
 * @throws ShapeError the latents are of two lengths; OptionError `steps` is no whole number of at least 1
 * @see White, "Sampling generative networks", 2016, arXiv 1609.04468, section 2.1
 */
export function interpolateLatents(
  from: Float32Array,
  to: Float32Array,
  steps: number,
  distribution: LatentOptions['distribution'],
): Float32Array {
  if (from.length !== to.length) {
    throw new ShapeError(
      `interpolateLatents: latents of ${from.length} and of ${to.length} numbers; give two of one network`,
      'to',
      [to.length],
      `[${from.length}]`,
    );
  }
  if (!Number.isSafeInteger(steps) || steps < 1) {
    throw new OptionError(
      `interpolateLatents: steps must be a whole number of at least 1, got ${steps}`,
      'steps',
      steps,
    );
  }
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
  if (aa === 0 || bb === 0) return 0;
  return Math.acos(Math.min(1, Math.max(-1, product / Math.sqrt(aa * bb))));
}
