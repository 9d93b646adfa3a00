import type { NetworkKind, Role } from '@dist-gan/core';

/** A discriminator that judges so many samples together. */
export function discriminatorRole(id: string, packing: number, kind: NetworkKind = 'discriminator'): Role {
  return { id, kind, ...(packing > 1 && { packing }) };
}
