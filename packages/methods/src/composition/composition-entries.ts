import { OptionError, positiveInteger, type JsonObject, type Regulariser } from '@dist-gan/core';
import * as v from 'valibot';
import { describeRegularisers, makeRegularisers, regulariserList } from './regulariser-list.js';

/** What every method with a generator and a discriminator can be given, however it is optimised. */
export function compositionEntries({ discriminatorSteps }: { discriminatorSteps: number }) {
  return {
    /** Discriminator updates in one training step, each with data and latents of its own. */
    discriminatorSteps: v.optional(positiveInteger, discriminatorSteps),
    /** How many samples the discriminator judges together, as PacGAN does; the batch must be a multiple. Default 1. */
    packing: v.optional(positiveInteger, 1),
    /** Regularisers of the discriminator's phase beside the method's own: gradient penalties. Default none. */
    penalties: v.optional(regulariserList, []),
    /** What else is added to it, in any phase. Default nothing. */
    regularisers: v.optional(regulariserList, []),
  };
}

export type CompositionOptions = v.InferOutput<
  v.StrictObjectSchema<ReturnType<typeof compositionEntries>, undefined>
>;

/**
 * What a user adds to a method: as values, and as the JSON that they can be made again from.
 *
 * @throws OptionError when a penalty is none of the discriminator's
 */
export function addedTo(
  method: string,
  options: Pick<CompositionOptions, 'penalties' | 'regularisers'>,
): {
  readonly regularisers: readonly Regulariser[];
  readonly options: { readonly penalties: JsonObject[]; readonly regularisers: JsonObject[] };
} {
  const penalties = makeRegularisers(options.penalties);
  const regularisers = makeRegularisers(options.regularisers);
  requirePenalties(method, penalties);
  return {
    regularisers: [...penalties, ...regularisers],
    options: {
      penalties: describeRegularisers(penalties),
      regularisers: describeRegularisers(regularisers),
    },
  };
}

function requirePenalties(method: string, penalties: readonly Regulariser[]): void {
  for (const { id, phase } of penalties) {
    if (phase === 'discriminator') continue;
    throw new OptionError(
      `${method}.penalties: ${id} acts in the ${phase} phase, and penalties are the discriminator's; list it under regularisers`,
      `${method}.penalties`,
      id,
    );
  }
}
