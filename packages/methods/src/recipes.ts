import { aeOtGan } from './ae-ot/ae-ot-gan.js';
import { aeOt } from './ae-ot/ae-ot.js';

/** Every recipe of this package by its id, for config files and command lines. */
export const recipes = {
  'ae-ot': aeOt,
  'ae-ot-gan': aeOtGan,
} as const;
