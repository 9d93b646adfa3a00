import type { Role } from '@dist-gan/core';

/** A discriminator that judges so many samples together. */
export function discriminatorRole(id: string, packing: number): Role {
  return { id, kind: 'discriminator', ...(packing > 1 && { packing }) };
}
