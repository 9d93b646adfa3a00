import type { Draw } from '@dist-gan/core';
import type { ResolvedDistGanOptions } from './options.js';

/** How often the phases draw data and latents. */
export function draws(
  { batches }: Pick<ResolvedDistGanOptions, 'batches'>,
  phase: 'reconstruction' | 'discriminator' | 'generator',
): { readonly real: Draw; readonly latents: Draw } {
  switch (batches) {
    case 'fresh':
      return { real: 'repeat', latents: 'repeat' };
    case 'shared':
      return { real: 'step', latents: 'step' };
    case 'shared-outside-discriminator':
      return { real: phase === 'discriminator' ? 'repeat' : 'step', latents: 'repeat' };
  }
}
