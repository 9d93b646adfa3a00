import type { Role } from '@dist-gan/core';

export const twoNetworks: readonly Role[] = [
  { id: 'generator', kind: 'generator' },
  { id: 'discriminator', kind: 'discriminator' },
];
