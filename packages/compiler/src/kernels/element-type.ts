import { CompileError } from '@dist-gan/core';
import type { DType } from '../graph/types.js';

/** @throws CompileError values of that type cannot stand in a graph */
export function supportedType(dtype: string, operation: string): DType {
  if (dtype === 'float32' || dtype === 'int32' || dtype === 'bool') return dtype;
  throw new CompileError(
    `compile: ${operation} makes a tensor of type ${dtype}, and compiled functions have float32, int32 and bool; ` +
      `cast it, or do this part outside the function.`,
    operation,
  );
}
