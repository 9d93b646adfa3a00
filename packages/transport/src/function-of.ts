import * as v from 'valibot';

/** An option that is a function of this type; that it is a function is all that can be checked. */
export const functionOf = <Type>() =>
  v.custom<Type>((input) => typeof input === 'function', 'must be a function');
