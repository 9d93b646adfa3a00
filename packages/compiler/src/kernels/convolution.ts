import type { Kernel } from './kernel.js';

export const convolutionKernels: readonly Kernel[] = [];
