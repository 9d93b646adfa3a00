import type { Architecture, NetworkKind, NetworkShape } from '@dist-gan/core';

/** How an architecture is tested. Choose options that make its networks tiny. */
export interface ArchitectureSubject {
  readonly architecture: Architecture;
  /** A shape that the architecture serves. */
  readonly shape: NetworkShape;
  /** Trainable numbers of each kind of network, counted by hand. */
  readonly parameters: Readonly<Partial<Record<NetworkKind, number>>>;
  /** Numbers per sample in the discriminator's features, counted by hand. */
  readonly featureDimension?: number;
  /** Shapes that it must refuse. */
  readonly unsupported?: readonly NetworkShape[];
  /** Makes the architecture's own layers and initialisers known to TensorFlow.js before a model is loaded. */
  registerCustomObjects?(): void;
}
