import type { OperationCheck } from '../operation-check.js';
import { activationChecks } from './activations.js';
import { elementwiseChecks } from './elementwise.js';
import { imageChecks } from './images.js';
import { layoutChecks } from './layout.js';
import { normalizationChecks } from './normalization.js';
import { piecewiseConstantChecks } from './piecewise-constant.js';
import { reductionChecks } from './reductions.js';

/** Every operation that the doctor proves. */
export const operationChecks: readonly OperationCheck[] = [
  ...activationChecks,
  ...elementwiseChecks,
  ...piecewiseConstantChecks,
  ...reductionChecks,
  ...imageChecks,
  ...normalizationChecks,
  ...layoutChecks,
];
