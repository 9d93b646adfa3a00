import type { Kernel } from './kernel.js';

export const resizeKernels: readonly Kernel[] = [];
