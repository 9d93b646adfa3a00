export { describeLoss, lossChecks } from './loss-checks.js';
export type { LossInput, LossSubject } from './loss-subject.js';
