import { convolutionKernels } from './convolution.js';
import { creationKernels } from './creation.js';
import { cumulativeProductKernels } from './cumulative-product.js';
import { elementwiseKernels } from './elementwise.js';
import { indexingKernels } from './indexing.js';
import type { Kernel } from './kernel.js';
import { matmulKernels } from './matmul.js';
import { movementKernels } from './movement/index.js';
import { normalizationKernels } from './normalization.js';
import { poolingKernels } from './pooling.js';
import { reductionKernels } from './reduction.js';
import { resizeKernels } from './resize.js';
import { searchSortedKernels } from './search-sorted.js';

/** Every kernel that can be recorded. */
export const kernels: readonly Kernel[] = [
  ...creationKernels,
  ...elementwiseKernels,
  ...reductionKernels,
  ...cumulativeProductKernels,
  ...movementKernels,
  ...indexingKernels,
  ...searchSortedKernels,
  ...matmulKernels,
  ...convolutionKernels,
  ...poolingKernels,
  ...resizeKernels,
  ...normalizationKernels,
];
