import { RandomStream, type Method, type NetworkKind, type Role, type RoleId } from '@dist-gan/core';
import { input, layers, model, type LayersModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import * as tf from '@tensorflow/tfjs-core';

export const latentDimension = 2;
export const sampleDimension = 2;
const hiddenUnits = 3;

/** One tiny network for each role of a method. The caller disposes them. */
export function buildTinyNetworks(method: Method): Map<RoleId, LayersModel> {
  return new Map(
    method.roles.map((role) => [role.id, buildTinyNetwork(role, RandomStream.fromSeed(1).derive(role.id))]),
  );
}

/**
 * A network of one hidden layer. Its softplus is smooth, has no dead units, and is right at second order
 * in TensorFlow.js as it comes.
 */
function buildTinyNetwork({ kind, packing = 1 }: Role, random: RandomStream): LayersModel {
  const samples = input({ shape: [packing * sampleDimension] });
  const latents = input({ shape: [packing * latentDimension] });
  const inputs = { samples: [samples], latents: [latents], both: [samples, latents] }[inputOf(kind)];
  const first = inputs.length === 1 ? inputs[0] : (layers.concatenate().apply(inputs) as SymbolicTensor);
  const network = model({ inputs, outputs: outputsOf(kind, dense(hiddenUnits, first, 'softplus')) });
  for (const [i, weight] of network.trainableWeights.entries()) {
    const variable = weight.read() as tf.Variable;
    const values = tf.tensor(random.derive(i).normal(variable.size), variable.shape);
    variable.assign(values);
    values.dispose();
  }
  return network;
}

function inputOf(kind: NetworkKind): 'samples' | 'latents' | 'both' {
  if (kind === 'joint-discriminator') return 'both';
  return kind === 'generator' || kind === 'latent-discriminator' ? 'latents' : 'samples';
}

function outputsOf(kind: NetworkKind, hidden: SymbolicTensor): SymbolicTensor | SymbolicTensor[] {
  switch (kind) {
    case 'encoder':
      return dense(latentDimension, hidden);
    case 'gaussian-encoder':
      return [dense(latentDimension, hidden), dense(latentDimension, hidden)];
    case 'discriminator':
    case 'joint-discriminator':
    case 'latent-discriminator':
    case 'set-discriminator':
    case 'two-set-discriminator':
      return [dense(1, hidden), hidden];
    case 'recognition-discriminator':
      return [dense(1, hidden), hidden, dense(latentDimension, hidden)];
    case 'autoencoder':
      return [dense(sampleDimension, hidden), hidden];
    case 'generator': {
      const logits = dense(sampleDimension, hidden);
      return [layers.activation({ activation: 'sigmoid' }).apply(logits) as SymbolicTensor, logits];
    }
  }
}

function dense(
  units: number,
  to: SymbolicTensor,
  activation: 'linear' | 'softplus' = 'linear',
): SymbolicTensor {
  return layers.dense({ units, activation, kernelInitializer: 'zeros' }).apply(to) as SymbolicTensor;
}
