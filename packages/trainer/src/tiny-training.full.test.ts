/** Every method and some compositions; `tiny-training.test.ts` has one of each kind. */
import { it } from 'vitest';
import { cases, expectSpread } from '../test/tiny-training.js';

it.each(cases)('%s', expectSpread);
