export { deadDiscriminator } from './dead-discriminator.js';
export { discriminatorSaturation } from './discriminator-saturation.js';
export { earlyStop } from './early-stop.js';
export { metricFall } from './metric-fall.js';
export { nonFinite } from './non-finite.js';
export { sampleVariance } from './sample-variance.js';
export type { EvaluationFacts, Guard, GuardPolicy, StepFacts } from './guard.js';
export { makeGuard } from './make-guard.js';
