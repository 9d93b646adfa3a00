import type { Tensor, Tensor2D, Variable } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import {
  UnknownItemError,
  type DiscriminatorOutput,
  type GeneratorOutput,
  type PhaseContext,
  type RoleId,
} from '@dist-gan/core';
import { trainableWeights, type Networks } from './build-networks.js';

/** What a phase's loss may do with the networks. They run in training mode. */
export type NetworkCalls = Pick<PhaseContext, 'generate' | 'encode' | 'discriminate' | 'weights'>;

export function networkCalls(networks: Networks): NetworkCalls {
  const find = (role: RoleId) => {
    if (!(role in networks)) throw new UnknownItemError('role', role, Object.keys(networks));
    return networks[role];
  };
  const apply = (role: RoleId, input: Tensor) => applyInTraining(find(role), input);
  return {
    generate(latents: Tensor2D, role = 'generator'): GeneratorOutput {
      const [samples, logits] = apply(role, latents);
      return logits === undefined ? { samples } : { samples, logits };
    },
    encode(samples: Tensor, role = 'encoder'): Tensor2D {
      return apply(role, samples)[0] as Tensor2D;
    },
    discriminate(samples: Tensor, role = 'discriminator'): DiscriminatorOutput {
      const [logits, features] = apply(role, samples);
      return { logits: logits as Tensor2D, features: features as Tensor2D };
    },
    weights: (role: RoleId): readonly Variable[] => trainableWeights(find(role)),
  };
}

/** All outputs of a network in training mode. */
export function applyInTraining(network: LayersModel, input: Tensor): Tensor[] {
  const output = network.apply(input, { training: true }) as Tensor | Tensor[];
  return Array.isArray(output) ? output : [output];
}
