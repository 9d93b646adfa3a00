import * as tf from '@tensorflow/tfjs-core';
import { autoencoderGanStep } from './autoencoder-gan-step.js';
import { latentDataDistance } from './losses.js';
import { createWeights, type Step } from './step.js';
import type { MlpWorkload } from './workloads.js';

/** The 25-Gaussian Dist-GAN step; its generator ends in logits, which the reconstruction loss reads. */
export function createMlpStep(workload: MlpWorkload): Step {
  const weights = createWeights(workload);

  const network = (role: string) => (samples: tf.Tensor) => {
    let hidden = samples as tf.Tensor2D;
    for (let layer = 0; layer <= workload.hiddenLayers; layer++) {
      const kernel = weights[`${role}/dense${layer}/kernel`] as tf.Tensor as tf.Tensor2D;
      const output: tf.Tensor2D = tf.add(tf.matMul(hidden, kernel), weights[`${role}/dense${layer}/bias`]);
      hidden = layer < workload.hiddenLayers ? tf.relu(output) : output;
    }
    return hidden as tf.Tensor;
  };
  const encode = network('encoder');
  const generateLogits = network('generator');
  const generate = (latents: tf.Tensor) => tf.sigmoid(generateLogits(latents));
  const score = network('discriminator');

  const reconstructionLoss = (real: tf.Tensor, latents: tf.Tensor) => {
    const codes = encode(real);
    const logits = generateLogits(codes);
    const reconstruction = tf.mean(tf.sub(tf.softplus(logits), tf.mul(real, logits)));
    const dataDistance = tf.mean(tf.sub(tf.sigmoid(logits), generate(latents)));
    const distance = latentDataDistance(dataDistance, codes, latents, 1);
    return tf.add<tf.Scalar>(reconstruction, tf.mul(workload.latentDistanceWeight, distance));
  };

  return autoencoderGanStep(workload, weights, { encode, generate, score, reconstructionLoss });
}
