/** The smallest items that satisfy the contracts: values of one line each, whose gradients can be written down. */
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import type {
  Architecture,
  Dataset,
  Method,
  Metric,
  OptimizerOptions,
  Phase,
  RandomStream,
} from '@dist-gan/core';

const source = { title: 'Made for tests', year: 2026 };

/** A network's layers take their weights from the stream, as an architecture's must. */
function dense(input: tfl.SymbolicTensor, units: number, random: RandomStream): tfl.SymbolicTensor {
  const rows = input.shape[1]!;
  const layer = tfl.layers.dense({ units, useBias: false });
  const output = layer.apply(input) as tfl.SymbolicTensor;
  tf.tidy(() =>
    layer.setWeights([
      tf.tensor2d(random.normal(rows * units, { mean: 2, standardDeviation: 0.5 }), [rows, units]),
    ]),
  );
  return output;
}

/**
 * Generator `x = z W`, encoder `z = x V`, discriminator `[x a, x B]` with two features; every weight N(2, 0.5^2). With
 * `batchNorm` the generator's output is normalised.
 */
export function linearArchitecture({ batchNorm = false }: { batchNorm?: boolean } = {}): Architecture {
  return {
    id: 'linear',
    title: 'Linear networks',
    source,
    options: {},
    kinds: ['generator', 'encoder', 'discriminator'],
    build(kind, { sampleShape: [d], latentDimension }, random) {
      const input = tfl.input({ shape: [kind === 'generator' ? latentDimension : d] });
      if (kind === 'discriminator') {
        const outputs = [
          dense(input, 1, random.derive('logits')),
          dense(input, 2, random.derive('features')),
        ];
        return tfl.model({ inputs: input, outputs });
      }
      let output = dense(input, kind === 'generator' ? d : latentDimension, random);
      if (batchNorm && kind === 'generator') {
        output = tfl.layers.batchNormalization({ momentum: 0.9 }).apply(output) as tfl.SymbolicTensor;
      }
      return tfl.model({ inputs: input, outputs: output });
    },
  };
}

/** `size` points of `dimension` numbers, all different: number i is i / (size * dimension). */
export function countingDataset({ size = 12, dimension = 1 } = {}): Dataset {
  return {
    id: 'counting',
    title: 'Counting points',
    source,
    options: { size, dimension },
    size,
    sampleShape: [dimension],
    range: [0, 1],
    batch: (indices) =>
      Float32Array.from(
        { length: indices.length * dimension },
        (_, i) => (indices[Math.floor(i / dimension)] * dimension + (i % dimension)) / (size * dimension),
      ),
  };
}

export const sgd = (learningRate: number): OptimizerOptions => ({ id: 'sgd', learningRate });

/** A phase that fits the generator to the data: loss mean((G(z) - x)^2). */
export function regressionPhase(changes: Partial<Phase> = {}): Phase {
  return {
    name: 'generator',
    updates: ['generator'],
    repeats: 1,
    optimizer: sgd(0.1),
    inputs: [
      { name: 'real', kind: 'real', draw: 'repeat' },
      { name: 'latents', kind: 'latents', draw: 'repeat' },
    ],
    loss(context) {
      const { latents, real } = context.inputs;
      const { samples } = context.generate(latents as tf.Tensor2D);
      const total: tf.Scalar = tf.mean(tf.square(tf.sub(samples, real)));
      return { total, terms: { squares: total } };
    },
    ...changes,
  };
}

export function methodOf(phases: readonly Phase[], changes: Partial<Method> = {}): Method {
  return {
    id: 'tiny',
    title: 'A tiny method',
    source,
    options: {},
    roles: [{ id: 'generator', kind: 'generator' }],
    phases,
    ...changes,
  };
}

/** Three phases of the shape of Dist-GAN's, with a gradient penalty: reconstruction, discriminator, generator. */
export function tinyDistGan({ discriminatorRepeats = 2 } = {}): Method {
  const adam: OptimizerOptions = {
    id: 'adam',
    learningRate: 1e-2,
    beta1: 0.5,
    beta2: 0.9,
    schedule: { id: 'staircase', factor: 0.5, every: 5, counter: 'optimizer-calls' },
  };
  const scores = (logits: tf.Tensor) => tf.mean(tf.sigmoid(logits));
  return methodOf(
    [
      {
        name: 'reconstruction',
        updates: ['encoder', 'generator'],
        repeats: 1,
        optimizer: adam,
        inputs: [{ name: 'real', kind: 'real', draw: 'step' }],
        loss(context) {
          const { real } = context.inputs;
          const { samples } = context.generate(context.encode(real));
          const squares: tf.Scalar = tf.mean(tf.square(tf.sub(samples, real)));
          return { total: squares, terms: { squares } };
        },
      },
      {
        name: 'discriminator',
        updates: ['discriminator'],
        repeats: discriminatorRepeats,
        optimizer: adam,
        inputs: [
          { name: 'real', kind: 'real', draw: 'repeat' },
          { name: 'latents', kind: 'latents', draw: 'repeat' },
          { name: 'interpolation', kind: 'uniform', draw: 'repeat' },
          { name: 'noise', kind: 'normal', draw: 'step' },
          { name: 'warmUp', kind: 'schedule', value: (progress) => 0.5 + progress },
        ],
        loss(context) {
          const { inputs } = context;
          const logitsOf = (samples: tf.Tensor) => context.discriminate(samples).logits;
          const fake = context.generate(inputs.latents as tf.Tensor2D).samples;
          const real = tf.add(inputs.real, tf.mul(inputs.noise, 0.01));
          const mixed = tf.add(
            tf.mul(inputs.interpolation, real),
            tf.mul(tf.sub(1, inputs.interpolation), fake),
          );
          const slope = tf.grad((x: tf.Tensor) => tf.sum(tf.tanh(logitsOf(x))))(mixed);
          const penalty: tf.Scalar = tf.mean(tf.square(slope));
          const adversarial = tf.add<tf.Scalar>(
            tf.mean(tf.softplus(tf.neg(logitsOf(real)))),
            tf.mean(tf.softplus(logitsOf(fake))),
          );
          const total: tf.Scalar = tf.add(adversarial, tf.mul(inputs.warmUp, penalty));
          return { total, terms: { adversarial, penalty } };
        },
      },
      {
        name: 'generator',
        updates: ['generator'],
        repeats: 1,
        optimizer: { id: 'rmsprop', learningRate: 1e-2 },
        inputs: [
          { name: 'real', kind: 'real', draw: 'step' },
          { name: 'latents', kind: 'latents', draw: 'repeat' },
        ],
        loss(context) {
          const { real, latents } = context.inputs;
          const fake = context.generate(latents as tf.Tensor2D).samples;
          const distance = tf.abs(
            tf.sub<tf.Scalar>(
              scores(context.discriminate(real).logits),
              scores(context.discriminate(fake).logits),
            ),
          );
          return { total: distance, terms: {} };
        },
      },
    ],
    {
      roles: [
        { id: 'generator', kind: 'generator' },
        { id: 'encoder', kind: 'encoder' },
        { id: 'discriminator', kind: 'discriminator' },
      ],
    },
  );
}

/** The mean of all numbers of the samples. */
export function meanMetric(): Metric {
  let sum = 0;
  let count = 0;
  return {
    id: 'mean',
    protocol: {},
    update({ data }) {
      for (const value of data) sum += value;
      count += data.length;
    },
    results: () => [
      { id: 'mean', value: sum / count, protocol: {}, samples: { generated: count }, warnings: [] },
    ],
  };
}
