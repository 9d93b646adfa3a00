import type { Tensor, Tensor2D, Variable } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import {
  UnknownItemError,
  type AutoencoderOutput,
  type DiscriminatorOutput,
  type GeneratorOutput,
  type LatentDistribution,
  type Method,
  type PhaseContext,
  type RoleId,
  type SamplesWithLatents,
} from '@dist-gan/core';
import { trainableWeights, type Networks } from './build-networks.js';
import { gatherSets, packSamples } from './pack-samples.js';
import { withWeights } from './with-weights.js';

/** What a phase's loss may do with the networks. They run in training mode. */
export type NetworkCalls = Omit<PhaseContext, 'inputs' | 'variables' | 'isDue'>;

/** @param augment what is done to samples before a discriminator sees them */
export function networkCalls(
  { roles }: Pick<Method, 'roles'>,
  networks: Networks,
  augment: (samples: Tensor) => Tensor = (samples) => samples,
): NetworkCalls {
  const find = (role: RoleId) => {
    if (!(role in networks)) throw new UnknownItemError('role', role, Object.keys(networks));
    return networks[role];
  };
  const roleOf = (role: RoleId) => roles.find(({ id }) => id === role);
  const apply = (role: RoleId, input: Tensor | Tensor[]) => applyNetwork(find(role), input);
  const judged = (role: RoleId, input: Tensor | SamplesWithLatents): Tensor | Tensor[] => {
    const { kind, packing = 1 } = roleOf(role) ?? {};
    if ('samples' in input) return [augment(input.samples), input.latents];
    switch (kind) {
      case 'latent-discriminator':
        return input;
      case 'set-discriminator':
      case 'two-set-discriminator':
        return gatherSets(augment(input), packing);
      default:
        return packSamples(augment(input), packing);
    }
  };
  return {
    generate(latents: Tensor2D, role = 'generator'): GeneratorOutput {
      const [samples, logits] = apply(role, latents);
      return logits === undefined ? { samples } : { samples, logits };
    },
    encode(samples: Tensor, role = 'encoder'): Tensor2D {
      return apply(role, samples)[0] as Tensor2D;
    },
    encodeDistribution(samples: Tensor, role = 'encoder'): LatentDistribution {
      const [mean, logVariance] = apply(role, samples) as Tensor2D[];
      return { mean, logVariance };
    },
    discriminate(input: Tensor | SamplesWithLatents, role = 'discriminator'): DiscriminatorOutput {
      const [logits, features, codes] = apply(role, judged(role, input)) as (Tensor2D | undefined)[];
      return { logits: logits!, features: features!, ...(codes !== undefined && { codes }) };
    },
    autoencode(samples: Tensor, role = 'discriminator'): AutoencoderOutput {
      const [reconstruction, code] = apply(role, augment(samples));
      return { reconstruction, code: code as Tensor2D };
    },
    weights: (role: RoleId): readonly Variable[] => trainableWeights(find(role)),
    withWeights: (role, weights, compute) => withWeights(find(role), weights, compute),
  };
}

/** All outputs of a network, in training mode unless it is said otherwise. */
export function applyNetwork(network: LayersModel, input: Tensor | Tensor[], training = true): Tensor[] {
  const output = network.apply(input, { training }) as Tensor | Tensor[];
  return Array.isArray(output) ? output : [output];
}
