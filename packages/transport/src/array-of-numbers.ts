import * as v from 'valibot';

/** An option that is a list of numbers, typed or not; what they are is looked at with the points. */
export const arrayOfNumbers = v.custom<ArrayLike<number>>(
  (input) => Array.isArray(input) || (ArrayBuffer.isView(input) && 'length' in input),
  'must be an array of numbers',
);
