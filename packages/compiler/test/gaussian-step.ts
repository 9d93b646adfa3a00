/**
 * The training step that the tests and the timings share: Dist-GAN's three phases on two-dimensional
 * data, with a gradient penalty and Adam, written as a user of TensorFlow.js would write it.
 */
import { Adam } from '@dist-gan/testing/compiled';
import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';

export interface GaussianStepOptions {
  readonly width: number;
  readonly batch: number;
  readonly seed?: number;
}

/** A multilayer perceptron with relu, its weights drawn from the seed. */
function perceptron(sizes: readonly number[], seed: number): layers.LayersModel {
  const input = layers.input({ shape: [sizes[0]] });
  let output = input;
  sizes.slice(1).forEach((units, at) => {
    output = layers.layers
      .dense({
        units,
        activation: at < sizes.length - 2 ? 'relu' : 'linear',
        kernelInitializer: layers.initializers.glorotNormal({ seed: seed + at }),
        biasInitializer: layers.initializers.randomNormal({ stddev: 0.1, seed: seed + 100 + at }),
      })
      .apply(output) as layers.SymbolicTensor;
  });
  return layers.model({ inputs: input, outputs: output });
}

/** Weights of a model as TensorFlow.js variables. */
export function variablesOf(model: layers.LayersModel): tf.Variable[] {
  return model.trainableWeights.map((weight) => weight.read() as tf.Variable);
}

export function gaussianStep({ width, batch, seed = 1 }: GaussianStepOptions) {
  const encoder = perceptron([2, width, width, width, 2], seed);
  const generator = perceptron([2, width, width, width, 2], seed + 10);
  const discriminator = perceptron([2, width, width, width, 1], seed + 20);
  const roles = {
    encoder: variablesOf(encoder),
    generator: variablesOf(generator),
    discriminator: variablesOf(discriminator),
  };
  const optimizers = {
    reconstruction: new Adam([...roles.encoder, ...roles.generator]),
    discriminator: new Adam(roles.discriminator),
    generator: new Adam(roles.generator),
  };
  const apply = (model: layers.LayersModel, x: tf.Tensor) => model.apply(x, { training: true }) as tf.Tensor;
  const crossEntropy = (logits: tf.Tensor, label: 0 | 1) =>
    tf.mean(tf.softplus(label === 1 ? tf.neg(logits) : logits));

  function gradientPenalty(points: tf.Tensor): tf.Tensor {
    const slope = tf.grad((x: tf.Tensor) => tf.sum(apply(discriminator, x)))(points);
    const norm = tf.sqrt(tf.add(tf.sum(tf.square(slope), 1), 1e-12));
    return tf.mean(tf.square(tf.sub(norm, 1)));
  }

  const step = (inputs: Record<string, tf.Tensor>): Record<string, tf.Tensor> => {
    const { real, latents, mixing, rate } = inputs;
    const phase = (loss: () => tf.Tensor, variables: tf.Variable[], optimizer: Adam) => {
      const { value, grads } = tf.variableGrads(() => loss() as tf.Scalar, variables);
      optimizer.update(grads, rate);
      return value;
    };
    const reconstruction = phase(
      () => tf.mean(tf.squaredDifference(apply(generator, apply(encoder, real)), real)),
      [...roles.encoder, ...roles.generator],
      optimizers.reconstruction,
    );
    const discrimination = phase(
      () => {
        const fake = apply(generator, latents);
        const between = tf.add(tf.mul(mixing, real), tf.mul(tf.sub(1, mixing), fake));
        const losses = tf.add(
          crossEntropy(apply(discriminator, real), 1),
          crossEntropy(apply(discriminator, fake), 0),
        );
        return tf.add(losses, tf.mul(gradientPenalty(between), 0.1));
      },
      roles.discriminator,
      optimizers.discriminator,
    );
    const generation = phase(
      () => {
        const fakeScores = apply(discriminator, apply(generator, latents));
        const realScores = apply(discriminator, real);
        return tf.abs(tf.sub(tf.mean(tf.sigmoid(realScores)), tf.mean(tf.sigmoid(fakeScores))));
      },
      roles.generator,
      optimizers.generator,
    );
    return { reconstruction, discrimination, generation };
  };

  const variables = [
    ...Object.values(roles).flat(),
    ...Object.values(optimizers).flatMap((optimizer) => optimizer.variables),
  ];
  return {
    step,
    variables,
    inputs: {
      real: { shape: [batch, 2] },
      latents: { shape: [batch, 2] },
      mixing: { shape: [batch, 1] },
      rate: { shape: [] },
    },
    /** The inputs of the nth call: any numbers will do, so these are sines. */
    feeds: (call: number) => {
      const wave = (length: number, phase: number) =>
        Float32Array.from({ length }, (_, at) => Math.sin(at * 1.7 + call + phase));
      return {
        real: wave(batch * 2, 0.1),
        latents: wave(batch * 2, 0.7),
        mixing: wave(batch, 0.4).map((x) => (x + 1) / 2),
        rate: Float32Array.of(1e-3),
      };
    },
    dispose: (): void => {
      for (const variable of Object.values(optimizers).flatMap((optimizer) => optimizer.variables))
        variable.dispose();
      for (const model of [encoder, generator, discriminator]) model.dispose();
    },
  };
}
