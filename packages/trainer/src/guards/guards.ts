import { deadDiscriminator } from './dead-discriminator.js';
import { discriminatorSaturation } from './discriminator-saturation.js';
import { earlyStop } from './early-stop.js';
import { metricFall } from './metric-fall.js';
import { nonFinite } from './non-finite.js';
import { sampleVariance } from './sample-variance.js';

export { deadDiscriminator, discriminatorSaturation, earlyStop, metricFall, nonFinite, sampleVariance };

/** Every guard of this package by its id, for config files and command lines. */
export const guards = {
  'non-finite': nonFinite,
  'sample-variance': sampleVariance,
  'metric-fall': metricFall,
  'early-stop': earlyStop,
  'discriminator-saturation': discriminatorSaturation,
  'dead-discriminator': deadDiscriminator,
} as const;
