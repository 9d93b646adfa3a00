import { OptionError, type NetworkKind } from '@dist-gan/core';

/** The networks of Dist-GAN, which every architecture here was published for. */
export const basicKinds = ['generator', 'encoder', 'discriminator'] as const;

export type BasicKind = (typeof basicKinds)[number];

/** @throws OptionError for a kind that an architecture does not build */
export function assertBasicKind(architecture: string, kind: NetworkKind): asserts kind is BasicKind {
  if ((basicKinds as readonly NetworkKind[]).includes(kind)) return;
  throw new OptionError(
    `${architecture} builds ${basicKinds.join(', ')}, not a ${kind}; choose another architecture, such as mlp`,
    'kind',
    kind,
  );
}
