import type { NetworkKind } from '@dist-gan/core';
import type { LayersModel } from '@tensorflow/tfjs-layers';

/** A network of a run, and how it is to be used. */
export interface LoadedNetwork {
  readonly network: LayersModel;
  readonly kind: NetworkKind;
  /** Samples that a discriminator judges together. */
  readonly packing: number;
  /** Steps that it was trained for. */
  readonly step: number;
  /** Whether its weights are a moving average of the trained ones. */
  readonly averaged: boolean;
}
