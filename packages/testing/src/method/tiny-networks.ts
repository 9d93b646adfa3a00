import { RandomStream, type Method, type NetworkKind, type RoleId } from '@dist-gan/core';
import { input, layers, model, type LayersModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import * as tf from '@tensorflow/tfjs-core';

export const latentDimension = 2;
export const sampleDimension = 2;
const hiddenUnits = 3;

/** One tiny network for each role of a method. The caller disposes them. */
export function buildTinyNetworks(method: Method): Map<RoleId, LayersModel> {
  return new Map(
    method.roles.map(({ id, kind }) => [id, buildTinyNetwork(kind, RandomStream.fromSeed(1).derive(id))]),
  );
}

/**
 * A network of one hidden layer. Its softplus is smooth, has no dead units, and is right at second order
 * in TensorFlow.js as it comes.
 */
function buildTinyNetwork(kind: NetworkKind, random: RandomStream): LayersModel {
  const inputs = input({ shape: [kind === 'generator' ? latentDimension : sampleDimension] });
  const hidden = dense(hiddenUnits, inputs, 'softplus');
  const network = model({ inputs, outputs: outputsOf(kind, hidden) });
  for (const [i, weight] of network.trainableWeights.entries()) {
    const variable = weight.read() as tf.Variable;
    const values = tf.tensor(random.derive(i).normal(variable.size), variable.shape);
    variable.assign(values);
    values.dispose();
  }
  return network;
}

function outputsOf(kind: NetworkKind, hidden: SymbolicTensor): SymbolicTensor | SymbolicTensor[] {
  if (kind === 'encoder') return dense(latentDimension, hidden);
  if (kind === 'discriminator') return [dense(1, hidden), hidden];
  const logits = dense(sampleDimension, hidden);
  return [layers.activation({ activation: 'sigmoid' }).apply(logits) as SymbolicTensor, logits];
}

function dense(
  units: number,
  to: SymbolicTensor,
  activation: 'linear' | 'softplus' = 'linear',
): SymbolicTensor {
  return layers.dense({ units, activation, kernelInitializer: 'zeros' }).apply(to) as SymbolicTensor;
}
