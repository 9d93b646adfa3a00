import { RandomStream, type NetworkKind, type NetworkShape } from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { ArchitectureSubject } from './architecture-subject.js';

/** Samples in a set, for discriminators of sets. */
const setSize = 4;

/** Builds a network from the stream of this seed. The caller disposes it. */
export function buildNetwork(subject: ArchitectureSubject, kind: NetworkKind, seed = 1): LayersModel {
  return subject.architecture.build(kind, shapeFor(subject, kind), RandomStream.fromSeed(seed).derive(kind));
}

/** What a network of a kind is built for: discriminators of sets for sets of the subject's samples. */
function shapeFor({ shape }: ArchitectureSubject, kind: NetworkKind): NetworkShape {
  if (kind !== 'set-discriminator' && kind !== 'two-set-discriminator') return shape;
  return { ...shape, sampleShape: [setSize, ...shape.sampleShape] };
}

/** Runs `use` with a network and disposes the network. */
export async function withNetwork(
  subject: ArchitectureSubject,
  kind: NetworkKind,
  use: (model: LayersModel) => void | Promise<void>,
): Promise<void> {
  const model = buildNetwork(subject, kind);
  try {
    await use(model);
  } finally {
    model.dispose();
  }
}

/**
 * An input of the shape that this kind of network takes: latents, samples or both, uniform in their range; and the classes in
 * turn, one-hot, where it takes them.
 */
export function drawInput(
  subject: ArchitectureSubject,
  kind: NetworkKind,
  batchSize: number,
  network: LayersModel,
): tf.Tensor | tf.Tensor[] {
  const input = drawUnconditionedInput(subject, kind, batchSize);
  if (!takesLabels(kind, network)) return input;
  const classes = network.inputs[1].shape[1]!;
  const labels = tf.oneHot(
    Array.from({ length: batchSize }, (_, i) => i % classes),
    classes,
    1,
    0,
    'float32',
  );
  return [input as tf.Tensor, labels];
}

/** Whether a network is conditioned on classes: its second input. */
function takesLabels(kind: NetworkKind, network: LayersModel): boolean {
  return (kind === 'generator' || kind === 'discriminator') && network.inputs.length > 1;
}

function drawUnconditionedInput(
  subject: ArchitectureSubject,
  kind: NetworkKind,
  batchSize: number,
): tf.Tensor | tf.Tensor[] {
  const shape = shapeFor(subject, kind);
  const draw = (name: string, sampleShape: readonly number[], low: number): tf.Tensor => {
    const count = sampleShape.reduce((product, length) => product * length, batchSize);
    const random = RandomStream.fromSeed(3).derive(name);
    return tf.tensor(random.uniform(count, { low, high: 1 }), [batchSize, ...sampleShape]);
  };
  const latents = (name: string) => draw(name, [shape.latentDimension], -1);
  if (kind === 'generator' || kind === 'latent-discriminator') return latents(kind);
  const samples = draw(kind, shape.sampleShape, 0);
  return kind === 'joint-discriminator' ? [samples, latents('latents')] : samples;
}

/** All outputs of a network, as a list. */
export function applyNetwork(
  model: LayersModel,
  input: tf.Tensor | tf.Tensor[],
  training: boolean,
): tf.Tensor[] {
  const outputs = model.apply(input, { training }) as tf.Tensor | tf.Tensor[];
  return Array.isArray(outputs) ? outputs : [outputs];
}

/** The values of all weights, trainable first, in the model's order. */
export function readWeights(model: LayersModel): Float32Array[] {
  return [...model.trainableWeights, ...model.nonTrainableWeights].map(
    (weight) => weight.read().dataSync().slice() as Float32Array,
  );
}

/** The outputs of a network, all of them weighted at random, as one number. */
function weightedOutputs(model: LayersModel, input: tf.Tensor | tf.Tensor[]): tf.Scalar {
  const terms = applyNetwork(model, input, true).map((output, i) => {
    const direction = RandomStream.fromSeed(4).derive(i).normal(output.size);
    return tf.mean(tf.mul(output, tf.tensor(direction, output.shape)));
  });
  return tf.addN(terms) as tf.Scalar;
}

/** One step of gradient descent that moves every output of the network in a random direction. */
export function trainOneStep(subject: ArchitectureSubject, kind: NetworkKind, model: LayersModel): void {
  const variables = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
  tf.tidy(() => {
    const input = drawInput(subject, kind, 4, model);
    const { grads } = tf.variableGrads(() => weightedOutputs(model, input), variables);
    for (const variable of variables) {
      // TensorFlow.js gives null for a weight that the outputs do not depend on.
      const gradient = grads[variable.name] as tf.Tensor | null;
      if (gradient) variable.assign(tf.sub(variable, tf.mul(0.1, gradient)));
    }
  });
}

/** Of each of a network's inputs but labels, the largest derivative that its outputs have in it; 0 where they have none. */
export function inputGradients(
  subject: ArchitectureSubject,
  kind: NetworkKind,
  model: LayersModel,
): number[] {
  return tf.tidy(() => {
    const input = [drawInput(subject, kind, 4, model)].flat();
    const labels = takesLabels(kind, model) ? input.splice(1) : [];
    const gradients = tf.grads((...given: tf.Tensor[]) => {
      const all = [...given, ...labels];
      const outputs = weightedOutputs(model, all.length === 1 ? all[0] : all);
      // TensorFlow.js throws for an input that the outputs do not depend on: tie each in with weight 0.
      return tf.addN([outputs, ...given.map((tensor) => tf.mul(0, tf.sum(tensor)))]);
    })(input);
    return gradients.map((gradient) => tf.max(tf.abs(gradient)).dataSync()[0]);
  });
}
