import * as v from 'valibot';

/** An option that is a function. */
export const isFunction = v.custom<never>((input) => typeof input === 'function', 'must be a function');
