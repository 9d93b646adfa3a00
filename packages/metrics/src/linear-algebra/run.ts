import { defaultEngine } from './engines/default-engine.js';
import type { MatrixEngine, ProductRequest } from './matrix-engine.js';

/** How a long computation is run. */
export interface RunOptions {
  /** Called with how much is done, from 0 to 1. */
  readonly onProgress?: (done: number) => void;
  /** Stops the computation: its promise is rejected with the signal's reason. */
  readonly signal?: AbortSignal;
  /** What multiplies matrices. Default: ONNX Runtime where it is installed, else the package's own loops. */
  readonly engine?: MatrixEngine;
}

/** A run as a part of a longer one: its progress goes from `from` to `to`. */
export function part(run: RunOptions, from: number, to: number): RunOptions {
  return { ...run, onProgress: (done) => run.onProgress?.(from + (to - from) * done) };
}

/**
 * A matrix product on the run's engine.
 *
 * @param done how much of the run is done before it
 * @throws the reason of the run's signal when it is aborted
 */
export async function multiply(
  run: RunOptions,
  request: ProductRequest,
  done: number,
): Promise<Float64Array> {
  tell(run, done);
  return (await engineOf(run)).product(request);
}

/** What multiplies matrices in a run. */
export async function engineOf({ engine }: RunOptions): Promise<MatrixEngine> {
  return engine ?? defaultEngine();
}

/**
 * Lets timers, callbacks and signals have their turn.
 *
 * @param done how much of the run is done
 * @throws the reason of the run's signal when it is aborted
 */
export async function pause(run: RunOptions, done: number): Promise<void> {
  tell(run, done);
  await new Promise((resolve) => setTimeout(resolve, 0));
}

/** @throws the reason of the run's signal when it is aborted */
export function tell({ onProgress, signal }: RunOptions, done: number): void {
  signal?.throwIfAborted();
  onProgress?.(done);
}
