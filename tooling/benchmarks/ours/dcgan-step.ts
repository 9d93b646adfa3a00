import * as tf from '@tensorflow/tfjs-core';
import { autoencoderGanStep } from './autoencoder-gan-step.js';
import { latentDataDistance } from './losses.js';
import { createWeights, type Step } from './step.js';
import { dcganFeatures, type DcganWorkload } from './workloads.js';

/** The convolutional Dist-GAN step: like the MLP one, with reconstruction and distance in feature space. */
export function createDcganStep(workload: DcganWorkload): Step {
  const { batch, imageSize, latentSize } = workload;
  const weights = createWeights(workload);
  const weight = <R extends tf.Rank>(name: string) => weights[name] as unknown as tf.Tensor<R>;
  const featureCount = dcganFeatures(workload);
  const distanceRatio = Math.sqrt(latentSize / featureCount);

  /** Batch statistics over all axes but the last, from elementary operations: it has second derivatives. */
  const norm = <T extends tf.Tensor>(name: string, x: T): T => {
    const axes = x.shape.slice(0, -1).map((_, axis) => axis);
    const centred = tf.sub(x, tf.mean(x, axes));
    const variance = tf.mean(tf.square(centred), axes);
    const scale = tf.div(weight(`${name}/scale`), tf.sqrt(tf.add(variance, workload.batchNormEpsilon)));
    return tf.add(tf.mul(centred, scale), weight(`${name}/offset`));
  };

  const trunk = (role: string) => (images: tf.Tensor) => {
    const activation = <T extends tf.Tensor>(x: T) => tf.leakyRelu(x, workload.leakyReluSlope);
    const convolution = (layer: number, x: tf.Tensor4D) =>
      tf.conv2d(x, weight<tf.Rank.R4>(`${role}/convolution${layer}/kernel`), 2, 'same');
    let hidden = convolution(0, images as tf.Tensor4D);
    hidden = activation(tf.add<tf.Tensor4D>(hidden, weight(`${role}/convolution0/bias`)));
    for (const layer of [1, 2]) hidden = activation(norm(`${role}/norm${layer}`, convolution(layer, hidden)));
    const features = tf.reshape<tf.Rank.R2>(hidden, [batch, featureCount]);
    const product = tf.matMul(features, weight<tf.Rank.R2>(`${role}/dense/kernel`));
    return { output: tf.add<tf.Tensor>(product, weight(`${role}/dense/bias`)), features };
  };
  const encode = (images: tf.Tensor) => trunk('encoder')(images).output;
  const discriminate = trunk('discriminator');
  const score = (images: tf.Tensor) => discriminate(images).output;

  const generate = (latents: tf.Tensor): tf.Tensor => {
    const deconvolution = (layer: number, x: tf.Tensor4D, channels: number, size: number) =>
      tf.conv2dTranspose<tf.Tensor4D>(
        x,
        weight<tf.Rank.R4>(`generator/deconvolution${layer}/kernel`),
        [batch, size, size, channels],
        2,
        'same',
      );
    const base = imageSize / 8;
    const dense = tf.matMul(latents, weight<tf.Rank.R2>('generator/dense/kernel'));
    let hidden = tf.reshape<tf.Rank.R4>(tf.relu(norm('generator/norm0', dense)), [batch, base, base, -1]);
    for (const layer of [1, 2]) {
      const channels = (workload.width * 4) / 2 ** layer;
      hidden = deconvolution(layer, hidden, channels, base * 2 ** layer);
      hidden = tf.relu(norm(`generator/norm${layer}`, hidden));
    }
    const output = deconvolution(3, hidden, workload.channels, imageSize);
    return tf.sigmoid(tf.add(output, weight('generator/deconvolution3/bias')));
  };

  const reconstructionLoss = (real: tf.Tensor, latents: tf.Tensor) => {
    const codes = encode(real);
    const realFeatures = discriminate(real).features;
    const reconstructedFeatures = discriminate(generate(codes)).features;
    const fakeFeatures = discriminate(generate(latents)).features;
    const reconstruction = tf.mean(tf.square(tf.sub(realFeatures, reconstructedFeatures)));
    const dataDistance = tf.sub(tf.mean(reconstructedFeatures), tf.mean(fakeFeatures));
    const distance = latentDataDistance(dataDistance, codes, latents, distanceRatio);
    return tf.add<tf.Scalar>(reconstruction, tf.mul(workload.latentDistanceWeight, distance));
  };

  return autoencoderGanStep(workload, weights, { encode, generate, score, reconstructionLoss });
}
