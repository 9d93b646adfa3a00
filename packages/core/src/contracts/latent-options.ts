import * as v from 'valibot';
import { choice, positiveInteger } from '../options/index.js';

/** Checks {@link LatentOptions}. */
export const latentOptions = v.strictObject({
  /** How many numbers a latent has. */
  dimension: positiveInteger,
  /** `uniform`: U[-1, 1); `normal`: N(0, 1). */
  distribution: choice(['uniform', 'normal']),
});

/** What latents are drawn from: each of `dimension` numbers from U[-1, 1) or N(0, 1). */
export interface LatentOptions extends Readonly<v.InferOutput<typeof latentOptions>> {}
