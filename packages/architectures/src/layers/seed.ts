import { seed as anySeed } from '@dist-gan/core';
import * as v from 'valibot';

/** The option `seed` of a layer that draws its own weights. */
export const seed = v.optional(anySeed, 0);
