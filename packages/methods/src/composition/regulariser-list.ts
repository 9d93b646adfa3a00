import {
  OptionError,
  UnknownItemError,
  type ItemReference,
  type JsonObject,
  type Regulariser,
} from '@dist-gan/core';
import * as v from 'valibot';
import { regularisers } from '../regularisers/regularisers.js';

/** Names a regulariser of this package. */
interface RegulariserReference extends ItemReference {
  /** It acts in every so many steps only, with so many times its weight; default 1. */
  readonly every?: number;
}

/** Regularisers as values, or as `{ id, options, every }` of those of this package: what configuration files hold. */
export type RegulariserList = readonly (Regulariser | RegulariserReference)[];

/** Checks an option that lists regularisers; {@link makeRegularisers} turns it into values. */
export const regulariserList = v.custom<RegulariserList>(
  (given) =>
    Array.isArray(given) && given.every((item) => typeof (item as ItemReference | null)?.id === 'string'),
  'must be a list of regularisers, or of objects such as {"id":"gradient-penalty","options":{"weight":10}}',
);

/**
 * @param where how the option is called in messages, for instance `rp-gan.regularisers`
 * @throws UnknownItemError for an id that none of this package has
 * @throws OptionError for options that a regulariser does not take
 */
export function makeRegularisers(list: RegulariserList): Regulariser[] {
  return list.map((item) => {
    if ('loss' in item) return item;
    if (!Object.hasOwn(regularisers, item.id)) {
      throw new UnknownItemError('regulariser', item.id, Object.keys(regularisers));
    }
    const make = regularisers[item.id as keyof typeof regularisers];
    const { id, options, every, ...unknown } = item as RegulariserReference & JsonObject;
    const [key] = Object.keys(unknown);
    if (key !== undefined) {
      throw new OptionError(
        `${id}.${key} is not an option of a list's item; known: id, options, every`,
        key,
        unknown[key],
      );
    }
    return { ...make(options), ...(every !== undefined && { every }) };
  });
}

/** As JSON, from which those of this package can be made again. */
export function describeRegularisers(list: readonly Regulariser[]): JsonObject[] {
  return list.map(({ id, options, every }) => ({ id, options, ...(every !== undefined && { every }) }));
}
