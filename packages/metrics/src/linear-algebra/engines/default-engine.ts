import type { MatrixEngine } from '../matrix-engine.js';
import { isGanError } from '@dist-gan/core';
import { onnxEngine } from './onnx-engine.js';
import { ownEngine } from './own-engine.js';

let found: Promise<MatrixEngine> | undefined;

/** ONNX Runtime where it is installed, else the package's own kernels. */
export function defaultEngine(): Promise<MatrixEngine> {
  found ??= onnxEngine().catch((error: unknown) => {
    if (isGanError(error, 'BACKEND_UNAVAILABLE')) return ownEngine();
    throw error;
  });
  return found;
}
