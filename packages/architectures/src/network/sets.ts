import type { NetworkKind, NetworkShape } from '@dist-gan/core';

/** Whether a network judges sets of samples. */
export function ofSets(kind: NetworkKind): boolean {
  return kind === 'set-discriminator' || kind === 'two-set-discriminator';
}

/** The shape of a sample of a set. */
export function ofOneSample(shape: NetworkShape): NetworkShape {
  return { ...shape, sampleShape: shape.sampleShape.slice(1) };
}
