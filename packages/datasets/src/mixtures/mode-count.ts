import { positiveInteger } from '@dist-gan/core';
import * as v from 'valibot';

/** Labels of samples are numbers of modes in 16 bits. */
export const mostModes = 65_536;

/** An option: how many modes a mixture has. */
export const modeCount = v.pipe(positiveInteger, v.maxValue(mostModes, 'must be at most 65,536'));
