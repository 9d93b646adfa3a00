import * as v from 'valibot';

/** A finite number of at least zero. */
export const nonNegative = v.pipe(
  v.number('must be a number'),
  v.finite('must be finite'),
  v.minValue(0, 'must be 0 or more'),
);

/** A finite number above zero. */
export const positive = v.pipe(
  v.number('must be a number'),
  v.finite('must be finite'),
  v.gtValue(0, 'must be above 0'),
);

/** A whole number of at least one. */
export const positiveInteger = v.pipe(
  v.number('must be a whole number'),
  v.safeInteger('must be a whole number'),
  v.minValue(1, 'must be 1 or more'),
);

/** A number from 0 (included) to 1 (excluded): the decay of a moving average. */
export const decay = v.pipe(
  v.number('must be a number'),
  v.minValue(0, 'must be from 0 to below 1'),
  v.ltValue(1, 'must be from 0 to below 1'),
);

/** What a random stream is made from: a whole number of at least zero. */
export const seed = v.pipe(
  v.number('must be a whole number'),
  v.safeInteger('must be a whole number'),
  v.minValue(0, 'must be 0 or more'),
);

/** What NumPy's `RandomState` is made from: a whole number of 32 bits. */
export const seedOf32Bits = v.pipe(
  v.number('must be a whole number'),
  v.safeInteger('must be a whole number'),
  v.minValue(0, 'must be from 0 to 2^32 - 1'),
  v.maxValue(2 ** 32 - 1, 'must be from 0 to 2^32 - 1'),
);
