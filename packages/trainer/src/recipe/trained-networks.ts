import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import {
  RandomStream,
  ShapeError,
  UnknownItemError,
  type Architecture,
  type NetworkKind,
  type NetworkShape,
  type RoleId,
  type StageTensor,
  type StageTensors,
} from '@dist-gan/core';
import type { Networks } from '../networks/build-networks.js';

const nameOf = (role: RoleId, place: number) => `weights/${role}/${place}`;

/** The weights of networks, as a stage leaves them. */
export async function weightsOf(networks: Networks): Promise<StageTensors> {
  const tensors: Record<string, StageTensor> = {};
  for (const [role, network] of Object.entries(networks)) {
    const weights = network.getWeights();
    for (const [place, weight] of weights.entries()) {
      tensors[nameOf(role, place)] = { shape: weight.shape, data: (await weight.data()) as Float32Array };
    }
  }
  return tensors;
}

/**
 * The same architecture, of which networks begin with the weights that earlier stages left: those of the role that is
 * called like the kind.
 */
export function startingFrom(architecture: Architecture, tensors: StageTensors): Architecture {
  return {
    ...architecture,
    build(kind, shape, random) {
      const network = architecture.build(kind, shape, random);
      try {
        if (nameOf(kind, 0) in tensors) setWeights(network, kind, tensors);
        return network;
      } catch (error) {
        network.dispose();
        throw error;
      }
    },
  };
}

/**
 * A network as the stages of a recipe left it. The caller disposes it.
 *
 * @param role of the recipe, which is that of the network's kind: `generator`, `encoder`, ...
 * @throws UnknownItemError when no stage trained it
 */
export function restoreStageNetwork(
  tensors: StageTensors,
  { architecture, shape, role }: { architecture: Architecture; shape: NetworkShape; role: RoleId },
): LayersModel {
  if (nameOf(role, 0) in tensors) {
    return startingFrom(architecture, tensors).build(role as NetworkKind, shape, RandomStream.fromSeed(0));
  }
  const trained = Object.keys(tensors).flatMap((name) => /^weights\/(.+)\/0$/.exec(name)?.[1] ?? []);
  throw new UnknownItemError('network of the recipe', role, trained);
}

function setWeights(network: LayersModel, role: RoleId, tensors: StageTensors): void {
  tf.tidy(() => {
    const values = network.getWeights().map(({ shape }, place) => {
      const stored = tensors[nameOf(role, place)];
      if (stored === undefined || stored.shape.join() !== shape.join()) {
        throw new ShapeError(
          `recipe: weight ${place} of the ${role} has shape [${shape}], and an earlier stage left ` +
            `${stored ? `[${stored.shape}]` : 'none'}; the stages of a recipe share one architecture`,
          nameOf(role, place),
          [...(stored?.shape ?? [])],
          `[${shape}]`,
        );
      }
      return tf.tensor(stored.data, [...stored.shape]);
    });
    network.setWeights(values);
  });
}
