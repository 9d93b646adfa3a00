import { UnknownItemError, type JsonObject } from '@dist-gan/core';
import { deadDiscriminator } from './dead-discriminator.js';
import { discriminatorSaturation } from './discriminator-saturation.js';
import { earlyStop } from './early-stop.js';
import type { Guard } from './guard.js';
import { metricFall } from './metric-fall.js';
import { nonFinite } from './non-finite.js';
import { sampleVariance } from './sample-variance.js';

const makers: Readonly<Record<string, (options: never) => Guard>> = {
  'non-finite': nonFinite,
  'sample-variance': sampleVariance,
  'metric-fall': metricFall,
  'early-stop': earlyStop,
  'discriminator-saturation': discriminatorSaturation,
  'dead-discriminator': deadDiscriminator,
};

/**
 * A guard from its id and options, as configuration files have them.
 *
 * @throws UnknownItemError for an id that no guard has
 * @throws OptionError for options that it does not take
 */
export function makeGuard(id: string, options?: JsonObject): Guard {
  if (!Object.hasOwn(makers, id)) throw new UnknownItemError('guard', id, Object.keys(makers));
  return makers[id](options as never);
}
