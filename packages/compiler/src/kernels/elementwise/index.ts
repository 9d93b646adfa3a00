import type { Kernel } from '../kernel.js';
import { arithmeticKernels } from './arithmetic.js';
import { castKernel } from './cast.js';
import { clipByValue } from './clip.js';
import { comparisonKernels } from './comparison.js';
import { rectifierKernels } from './rectifiers.js';
import { select } from './select.js';
import { unaryKernels } from './unary.js';

export const elementwiseKernels: readonly Kernel[] = [
  ...unaryKernels,
  ...rectifierKernels,
  clipByValue,
  castKernel,
  ...arithmeticKernels,
  ...comparisonKernels,
  select,
];
