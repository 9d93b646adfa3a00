import type { NetworkKind } from '@dist-gan/core';
import type { BasicKind } from '../network/basic-kinds.js';

/** The networks that this architecture has beside the basic ones. */
export const furtherKinds = ['gaussian-encoder', 'recognition-discriminator', 'autoencoder'] as const;

export type InfoganKind = BasicKind | (typeof furtherKinds)[number];

export function isFurtherKind(kind: NetworkKind): kind is (typeof furtherKinds)[number] {
  return (furtherKinds as readonly NetworkKind[]).includes(kind);
}
