import { mnistClassifier } from '@dist-gan/architectures';
import { compile } from '@dist-gan/compiler';
import { BatchWalk, RandomStream } from '@dist-gan/core';
import type { LabelledImages } from '@dist-gan/datasets';
import { updateRule } from '@dist-gan/trainer';
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';

export interface DigitTraining {
  /** Of 28 x 28, with labels from 0 to 9. */
  readonly digits: LabelledImages;
  readonly epochs: number;
  readonly seed: number;
  /** Channels of the first convolution. Default 16. */
  readonly width?: number;
  /** Hears after every step of the share that is done and of the cross-entropy of its batch. */
  readonly onStep?: (done: number, loss: number) => void;
  readonly signal?: AbortSignal;
}

const classes = 10;
const batchSize = 100;
/** Falls to 0 in equal steps. */
const learningRate = 2e-3;

/**
 * Trains a classifier of digits: softmax cross-entropy, Adam, on one compiled graph.
 *
 * @returns the network, which is the caller's to dispose
 * @throws the reason of `signal` when it is aborted
 */
export async function trainDigitClassifier(training: DigitTraining): Promise<LayersModel> {
  const { digits, epochs, seed, width, onStep, signal } = training;
  const random = RandomStream.fromSeed(seed);
  const network = mnistClassifier(random.derive('weights'), width === undefined ? {} : { width });
  const rule = updateRule({ id: 'adam', learningRate, beta1: 0.9, beta2: 0.999 });
  const slots = slotsOf(network, Object.keys(rule.slots));
  try {
    const step = await compile(
      ({ images, labels, rate }) => {
        const loss = () => crossEntropy(network.apply(images, { training: true }) as tf.Tensor2D, labels);
        const { value, grads } = tf.variableGrads(
          loss,
          slots.map(({ weight }) => weight),
        );
        for (const { weight, ofWeight } of slots) {
          rule.update({
            weight,
            gradient: grads[weight.name],
            slots: ofWeight,
            rate: rate,
          });
        }
        return { loss: value };
      },
      {
        // What measures is the same wherever it is trained, and loads no second engine beside that of a run.
        target: 'onnx',
        inputs: {
          images: { shape: [batchSize, ...digits.sampleShape] },
          labels: { shape: [batchSize, classes] },
          rate: { shape: [] },
        },
      },
    );
    try {
      const walk = new BatchWalk({ stream: random.derive('data-order'), size: digits.size, batchSize });
      const steps = Math.ceil((epochs * digits.size) / batchSize);
      for (let i = 0; i < steps; i++) {
        signal?.throwIfAborted();
        const rate = rule.rate(learningRate * (1 - i / steps), i + 1);
        const { loss } = await step.run({ ...batchOf(digits, walk.indices(i)), rate: Float32Array.of(rate) });
        onStep?.((i + 1) / steps, loss.data[0]);
      }
      await step.readVariables();
    } finally {
      step.dispose();
    }
    return network;
  } catch (error) {
    network.dispose();
    throw error;
  } finally {
    tf.dispose(slots.map(({ ofWeight }) => ofWeight));
  }
}

/** Mean of ln sum exp(logits) - logit of the right class. */
function crossEntropy(logits: tf.Tensor2D, oneHotLabels: tf.Tensor): tf.Scalar {
  return tf.mean<tf.Scalar>(tf.sub(tf.logSumExp(logits, 1), tf.sum(tf.mul(logits, oneHotLabels), 1)));
}

/** What Adam remembers of each weight. */
function slotsOf(network: LayersModel, names: readonly string[]) {
  return (network.getWeights(true) as tf.Variable[]).map((weight) => ({
    weight,
    ofWeight: tf.tidy(() =>
      Object.fromEntries(names.map((name) => [name, tf.variable(tf.zerosLike(weight), false)])),
    ),
  }));
}

function batchOf(digits: LabelledImages, indices: Uint32Array) {
  const labels = new Float32Array(indices.length * classes);
  indices.forEach((index, i) => (labels[i * classes + digits.labels[index]] = 1));
  return { images: new Float32Array(digits.batch(indices)).map((byte) => byte / 255), labels };
}
