import type { Kernel } from './kernel.js';

export const poolingKernels: readonly Kernel[] = [];
