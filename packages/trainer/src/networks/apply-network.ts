import type { Tensor, Tensor2D, Variable } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import {
  ShapeError,
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

interface CallOptions {
  /** What is done to samples before a discriminator sees them; default nothing. */
  readonly augment?: ((samples: Tensor) => Tensor) | undefined;
  /** The one-hot classes of a batch's rows, `[batch, classes]`; needed where a network is conditioned on them. */
  readonly labels?: Tensor2D | undefined;
}

export function networkCalls(
  { roles }: Pick<Method, 'roles'>,
  networks: Networks,
  { augment = (samples) => samples, labels }: CallOptions = {},
): NetworkCalls {
  const find = (role: RoleId) => {
    if (!(role in networks)) throw new UnknownItemError('role', role, Object.keys(networks));
    return networks[role];
  };
  const roleOf = (role: RoleId) => roles.find(({ id }) => id === role);
  const apply = (role: RoleId, input: Tensor | Tensor[]) => {
    const network = find(role);
    if (Array.isArray(input) || network.inputs.length === 1) return applyNetwork(network, input);
    return applyNetwork(network, [input, labelsOf(input, role)]);
  };
  const labelsOf = (input: Tensor, role: RoleId): Tensor2D => {
    if (labels !== undefined && input.shape[0] === labels.shape[0]) return labels;
    const known = labels === undefined ? 'no classes' : `the classes of ${labels.shape[0]} rows`;
    throw new ShapeError(
      `${role}: it is conditioned on classes, and was given ${input.shape[0]} rows where the step has ${known}; give it the rows of the ` +
        "step's inputs, or take networks without classes",
      role,
      input.shape,
      known,
    );
  };
  const judged = (role: RoleId, input: Tensor | SamplesWithLatents): Tensor | Tensor[] => {
    const { kind, packing = 1 } = roleOf(role) ?? {};
    if ('samples' in input) {
      return [packSamples(augment(input.samples), packing), packSamples(input.latents, packing)];
    }
    switch (kind) {
      case 'latent-discriminator':
        return packSamples(input, packing);
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
      const seen = augment(samples);
      const [reconstruction, code] = apply(role, seen);
      return { samples: seen, reconstruction, code: code as Tensor2D };
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
