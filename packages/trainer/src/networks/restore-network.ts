import {
  CheckpointError,
  RandomStream,
  UnknownItemError,
  type Architecture,
  type Method,
  type NetworkShape,
  type RoleId,
} from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { RunState } from '../step/run-state.js';
import { allWeights, buildNetwork } from './build-networks.js';

export interface RestoreNetworkOptions {
  /** Of the run. */
  readonly method: Method;
  /** Of the run. */
  readonly architecture: Architecture;
  /** Shape of the run's samples, and how many latents there are. */
  readonly shape: NetworkShape;
  /** Which network of the method: `generator`, `encoder`, ... */
  readonly role: RoleId;
  /** Of which the run keeps a moving average: whether to restore that. Default false. */
  readonly averaged?: boolean;
}

/**
 * A network of a run as it was after a number of steps: what `state.tensors` of a checkpoint says of it. The caller
 * disposes it.
 *
 * @throws UnknownItemError when the method has no such role
 * @throws CheckpointError when the state lacks one of the network's weights, or has it in another shape
 */
export function restoreNetwork(
  { step, tensors }: Pick<RunState, 'step' | 'tensors'>,
  { method, architecture, shape, role: id, averaged = false }: RestoreNetworkOptions,
): LayersModel {
  const role = method.roles.find((each) => each.id === id);
  if (role === undefined) {
    throw new UnknownItemError(
      `network of ${method.id}`,
      id,
      method.roles.map((each) => each.id),
    );
  }
  const network = buildNetwork(role, architecture, shape, RandomStream.fromSeed(0));
  const prefix = `${averaged ? 'average' : 'weights'}/${id}`;
  try {
    const weights = allWeights(network);
    const stored = weights.map((weight, index) => {
      const name = `${prefix}/${index}`;
      const tensor = tensors.get(name);
      if (tensor !== undefined && tf.util.arraysEqual([...tensor.shape], weight.shape)) return tensor;
      throw new CheckpointError(
        `the state of step ${step} has ${tensor === undefined ? `no ${name}` : `${name} with shape [${tensor.shape.join(', ')}]`}, wanted [${weight.shape.join(', ')}]; it is of another ` +
          `method or architecture than ${method.id} and ${architecture.id}`,
        name,
      );
    });
    weights.forEach((weight, index) =>
      tf.tidy(() => weight.assign(tf.tensor(stored[index].data as Float32Array, weight.shape, weight.dtype))),
    );
    return network;
  } catch (error) {
    network.dispose();
    throw error;
  }
}

/** Whether a state has a moving average of the network of a role. */
export function hasAverage({ tensors }: Pick<RunState, 'tensors'>, role: RoleId): boolean {
  return tensors.has(`average/${role}/0`);
}
