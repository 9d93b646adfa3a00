import * as v from 'valibot';

/** The option `seed` of a layer that draws its own weights. */
export const seed = v.optional(
  v.pipe(
    v.number('must be a whole number'),
    v.safeInteger('must be a whole number'),
    v.minValue(0, 'must be 0 or more'),
  ),
  0,
);
