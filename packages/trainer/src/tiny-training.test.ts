/** A few hundred steps of methods on the 25 Gaussians: generated points spread as the data do. `tiny-training.full.test.ts` has all of them. */
import { it } from 'vitest';
import { expectSpread } from '../test/tiny-training.js';

// One of each kind: a score, a distance, a penalty, an energy, an encoder of its own, sets, a second player in the latents.
it.each([
  'dist-gan',
  'gn-gan',
  'gan',
  'wgan-gp',
  'r3gan',
  'began',
  'ali',
  'vaegan',
  'dan-2s',
  'aae',
  'unrolled',
])('%s', expectSpread);
