import type { Kernel } from './kernel.js';

export const indexingKernels: readonly Kernel[] = [];
