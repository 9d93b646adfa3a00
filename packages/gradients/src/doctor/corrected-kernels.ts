import { corrections } from '../guard/kernel-corrections.js';

/** A kernel of TensorFlow.js' CPU backend that computes something else than it should. */
export interface CorrectedKernel {
  readonly kernel: string;
  /** What it does as it is installed. */
  readonly fault: string;
}

/** Kernels that are called in such a way that they are right, from `installSecondOrderGradients()` on. */
export function correctedKernels(): CorrectedKernel[] {
  return corrections.flatMap(({ kernels, fault }) => kernels.map((kernel) => ({ kernel, fault })));
}
