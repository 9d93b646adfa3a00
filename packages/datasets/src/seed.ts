import { nonNegative } from '@dist-gan/core';
import * as v from 'valibot';

/** The whole numbers that a random stream can be made from. */
export const seed = v.pipe(nonNegative, v.safeInteger('must be a whole number'));
