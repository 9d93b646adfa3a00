import { positiveInteger } from '@dist-gan/core';
import * as v from 'valibot';

/** The option of an architecture that conditions generator and discriminator on a class. */
export const classesEntry = v.optional(v.pipe(positiveInteger, v.minValue(2, 'must be 2 or more')));
