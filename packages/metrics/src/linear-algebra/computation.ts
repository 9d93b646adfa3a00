import { defaultEngine } from './engines/default-engine.js';
import { product } from './product.js';

/**
 * A matrix product a bᵀ that a computation asks for: row-major float64 a [rows, depth] and b [columns, depth].
 * `a === b` says that the result is symmetric.
 */
export interface ProductRequest {
  readonly a: Float64Array;
  readonly b: Float64Array;
  readonly depth: number;
}

/** How much of a computation is done, from 0 to 1, and the product it needs to go on, if any. */
interface Step {
  readonly done: number;
  readonly product?: ProductRequest;
}

/**
 * A long computation, written once: it hands its matrix products out and tells how far it is. Run it at once
 * with {@link compute}, or with {@link computeAsync} on a faster engine, with progress and a way to stop.
 */
export type Computation<Result> = Generator<Step, Result, Float64Array>;

/** What computes the matrix products of a computation. */
export interface MatrixEngine {
  readonly id: string;
  /** a bᵀ, row-major [rows, columns], in float64. */
  product(request: ProductRequest): Promise<Float64Array>;
}

/** How a long computation is run. */
export interface RunOptions {
  /** Called with how much is done, from 0 to 1. */
  readonly onProgress?: (done: number) => void;
  /** Stops the computation: its promise is rejected with the signal's reason. */
  readonly signal?: AbortSignal;
  /** What multiplies matrices. Default: ONNX Runtime where it is installed, else the package's own kernels. */
  readonly engine?: MatrixEngine;
}

/** A computation as a part of a longer one: its progress goes from `from` to `to`. */
export function* between<Result>(
  from: number,
  to: number,
  computation: Computation<Result>,
): Computation<Result> {
  try {
    let state = computation.next();
    while (!state.done) {
      const answer = yield { ...state.value, done: from + (to - from) * state.value.done };
      state = computation.next(answer);
    }
    return state.value;
  } finally {
    computation.return(undefined as never);
  }
}

const nothing = new Float64Array(0);

/** Runs a computation to its end without a pause, on the package's own kernels. */
export function compute<Result>(computation: Computation<Result>): Result {
  let state = computation.next();
  while (!state.done) {
    const { product: wanted } = state.value;
    state = computation.next(wanted ? product(wanted.a, wanted.b, wanted.depth) : nothing);
  }
  return state.value;
}

/**
 * Runs a computation in steps, between which other work gets its turn.
 *
 * @throws the reason of `signal` when it is aborted
 */
export async function computeAsync<Result>(
  computation: Computation<Result>,
  { onProgress, signal, engine }: RunOptions = {},
): Promise<Result> {
  try {
    const multiply = engine ?? (await defaultEngine());
    let state = computation.next();
    while (!state.done) {
      const { done, product: wanted } = state.value;
      signal?.throwIfAborted();
      onProgress?.(done);
      const answer = wanted ? await multiply.product(wanted) : await pause();
      state = computation.next(answer);
    }
    onProgress?.(1);
    return state.value;
  } finally {
    // Lets an unfinished computation give its memory back.
    computation.return(undefined as never);
  }
}

/** Lets timers, callbacks and signals have their turn. */
async function pause(): Promise<Float64Array> {
  await new Promise((resolve) => setTimeout(resolve, 0));
  return nothing;
}
