import type { SymbolicTensor } from '@tensorflow/tfjs-layers';
import type { NetworkBuilder } from '../network/network-builder.js';

/** The residual blocks that the forms of the networks differ in. */
export interface ResidualBlocks {
  /** A block of the generator: images twice as large. */
  up(network: NetworkBuilder, x: SymbolicTensor, filters: number): SymbolicTensor;
  /** A block of the encoder: images half as large. */
  encode(network: NetworkBuilder, x: SymbolicTensor, filters: number): SymbolicTensor;
  /** The discriminator's first block, without an activation in front: images half as large. */
  first(network: NetworkBuilder, x: SymbolicTensor, filters: number): SymbolicTensor;
  /** Another block of the discriminator; `halves` says whether images become half as large. */
  discriminate(network: NetworkBuilder, x: SymbolicTensor, filters: number, halves: boolean): SymbolicTensor;
  /** Feature maps to what the logit is a linear function of, `[batch, channels]`. */
  pool(network: NetworkBuilder, x: SymbolicTensor): SymbolicTensor;
}
