import type { Value } from '../graph/types.js';
import { adamKernels } from './adam.js';
import { batchNormKernels } from './batch-norm.js';
import { elementwiseKernels } from './elementwise/index.js';
import { convolutionKernels } from './convolution.js';
import { creationKernels } from './creation.js';
import { cumulativeProductKernels } from './cumulative-product.js';
import { indexingKernels } from './indexing.js';
import type { Kernel, Operation, Traits } from './kernel.js';
import { matmulKernels } from './matmul.js';
import { movementKernels } from './movement/index.js';
import { normalizationKernels } from './normalization.js';
import { poolingKernels } from './pooling.js';
import { reductionKernels } from './reduction.js';
import { resizeKernels } from './resize.js';

/** Every kernel that can be recorded, and every operation that can stand in a graph. */
export const kernels: readonly Kernel[] = [
  ...creationKernels,
  ...elementwiseKernels,
  ...reductionKernels,
  ...cumulativeProductKernels,
  ...movementKernels,
  ...indexingKernels,
  ...matmulKernels,
  ...convolutionKernels,
  ...poolingKernels,
  ...resizeKernels,
  ...normalizationKernels,
  ...batchNormKernels,
  ...adamKernels,
];

let operations: Map<string, Operation> | undefined;

export function operationOf(op: string): Operation {
  operations ??= new Map(
    kernels.flatMap(({ name, operation }) => (operation ? [[name, operation] as const] : [])),
  );
  const operation = operations.get(op);
  if (operation === undefined) throw new Error(`the kernel table has no operation ${op}`);
  return operation;
}

/** What the passes know of the operation of a value. */
export function traitsOf(value: Value): Traits {
  return value.inputs.length > 0 && value.op !== 'Result' ? (operationOf(value.op).traits ?? {}) : {};
}

/** Whether the operation works element by element, with broadcasting and nothing else. */
export function isElementwise(value: Value): boolean {
  return value.inputs.length > 0 && value.op !== 'Result' && operationOf(value.op).element !== undefined;
}
