import { choice, positiveInteger } from '@dist-gan/core';
import * as v from 'valibot';
import { defaultRestores, guardPolicies } from './guard.js';

/** Options of every guard that speaks after evaluations. */
export const policyEntries = {
  /** See `GuardPolicy`; default `warn`. */
  policy: v.optional(choice(guardPolicies), 'warn'),
  /** How often the run may go back. */
  restores: v.optional(positiveInteger, defaultRestores),
};
