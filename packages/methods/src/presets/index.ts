import type { Preset } from '@dist-gan/core';
import { gaussian1d } from './gaussian-1d.js';
import { gaussianGrid, gaussianGridPaper } from './gaussian-grid.js';
import { gaussianPlus } from './gaussian-plus.js';
import { gaussianSine } from './gaussian-sine.js';
import { mnist, mnistMlp } from './mnist.js';

/** Every preset by its id. */
export const presets = {
  'gaussian-grid': gaussianGrid,
  'gaussian-grid-paper': gaussianGridPaper,
  'gaussian-plus': gaussianPlus,
  'gaussian-sine': gaussianSine,
  'gaussian-1d': gaussian1d,
  mnist,
  'mnist-mlp': mnistMlp,
} as const satisfies Record<string, Preset>;
