import type { MatrixEngine } from '../matrix-engine.js';
import { isGanError } from '@dist-gan/core';
import { onnxEngine } from './onnx-engine.js';
import { ownEngine } from './own-engine.js';

let found: Promise<MatrixEngine> | undefined;

/** ONNX Runtime where it is installed, else the package's own loops; these in a page, too, which has no packages to look in. */
export function defaultEngine(): Promise<MatrixEngine> {
  if (typeof process === 'undefined') return Promise.resolve(ownEngine());
  found ??= onnxEngine().catch((error: unknown) => {
    if (isGanError(error, 'BACKEND_UNAVAILABLE')) return ownEngine();
    throw error;
  });
  return found;
}
