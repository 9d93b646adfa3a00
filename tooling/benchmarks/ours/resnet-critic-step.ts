import * as tf from '@tensorflow/tfjs-core';
import { Adam } from './adam.js';
import { gradientPenalty, interpolate } from './losses.js';
import { createWeights, weightsOf, type Step, type Tensors } from './step.js';
import { batchOf, inputShapes, type ResnetCriticWorkload } from './workloads.js';

/** A WGAN-GP critic step of the CIFAR ResNet discriminator; real and fake images come in as inputs. */
export function createResnetCriticStep(workload: ResnetCriticWorkload): Step {
  const weights = createWeights(workload);
  const weight = <R extends tf.Rank>(name: string) => weights[`critic/${name}`] as unknown as tf.Tensor<R>;
  const adam = new Adam(workload, weightsOf(weights, ['critic']));

  const convolution = (name: string, x: tf.Tensor4D, stride: 1 | 2 = 1): tf.Tensor4D =>
    tf.add(tf.conv2d(x, weight<tf.Rank.R4>(`${name}/kernel`), stride, 'same'), weight(`${name}/bias`));

  const score = (samples: tf.Tensor): tf.Tensor => {
    const images = samples as tf.Tensor4D;
    let hidden = convolution('block0/convolution1', images);
    hidden = convolution('block0/convolution2', tf.relu(hidden));
    let shortcut = convolution('block0/shortcut', convolution('block0/shortcutDown', images, 2));
    let output = tf.add<tf.Tensor4D>(convolution('block0/down', hidden, 2), shortcut);
    for (const block of [1, 2, 3]) {
      hidden = convolution(`block${block}/convolution1`, tf.relu(output));
      hidden = convolution(`block${block}/convolution2`, tf.relu(hidden));
      if (block === 1) {
        shortcut = convolution('block1/shortcutDown', convolution('block1/shortcut', output), 2);
        output = tf.add(convolution('block1/down', hidden, 2), shortcut);
      } else output = tf.add(hidden, output);
    }
    const pooled = tf.sum<tf.Tensor2D>(tf.relu(output), [1, 2]);
    return tf.add(tf.matMul(pooled, weight<tf.Rank.R2>('dense/kernel')), weight('dense/bias'));
  };

  return {
    inputs: inputShapes(workload),
    weights,
    batchOf: (step) => batchOf(workload, step),
    run(inputs: Tensors): Tensors {
      const real = inputs['real'];
      const fake = inputs['fake'];
      const interpolated = interpolate(real, fake, inputs['interpolation']);
      const critic = adam.minimize(() => {
        const wasserstein = tf.sub(tf.mean(score(fake)), tf.mean(score(real)));
        const penalty = gradientPenalty(score, interpolated, 'l2');
        return tf.add<tf.Scalar>(wasserstein, tf.mul(workload.gradientPenaltyWeight, penalty));
      });
      return { critic };
    },
    dispose() {
      adam.dispose();
      Object.values(weights).forEach((variable) => variable.dispose());
    },
  };
}
