import * as tf from '@tensorflow/tfjs-core';
import { GradientError } from '@dist-gan/core';
import { type GradientDefinition, sumToShape } from '../registry/gradient-definitions.js';

/**
 * y = (x - mean) / sqrt(variance + epsilon) * scale + offset, each statistic either one number per channel
 * (the last axis) or one per entry of x.
 *
 * Stock repeats the statistics with Tile, whose gradient adds one slice per repetition (batch * height *
 * width kernels at second order); here they broadcast. A missing scale or offset, on which the stock tape
 * crashes, is filled in by `guard/engine-hook.ts` before the kernel runs.
 */
export const batchNormalizationGradient: GradientDefinition = {
  kernelName: tf.FusedBatchNorm,
  inputsToSave: ['x', 'mean', 'variance', 'scale'],
  gradFunc: (upstream, saved, attributes) => {
    const [x, mean, variance, scale] = saved as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
    const dy = tf.reshape(upstream as tf.Tensor, x.shape);
    const broadcast = (statistic: tf.Tensor) => tf.reshape(statistic, statisticShape(x.shape, statistic));
    const collect = (gradient: tf.Tensor) =>
      tf.reshape(sumToShape(gradient, statisticShape(x.shape, mean)), mean.shape);

    const centered = () => tf.sub(x, broadcast(mean));
    const inverseDeviation = () =>
      tf.rsqrt(tf.add(broadcast(variance), attributes['varianceEpsilon'] as number));
    const scaledGradient = () => tf.mul(dy, broadcast(scale));
    const dx = () => tf.mul(scaledGradient(), inverseDeviation());
    return {
      x: dx,
      mean: () => tf.neg(collect(dx())),
      variance: () => {
        const inverse = inverseDeviation();
        const inverseCubed = tf.mul(inverse, tf.square(inverse));
        return collect(tf.mul(tf.mul(scaledGradient(), centered()), tf.mul(-0.5, inverseCubed)));
      },
      scale: () => collect(tf.mul(dy, tf.mul(centered(), inverseDeviation()))),
      offset: () => collect(dy),
    };
  },
};

/** The shape in which a statistic broadcasts against x: [channels] or the whole shape of x. */
function statisticShape(xShape: number[], statistic: tf.Tensor): number[] {
  const channels = xShape[xShape.length - 1];
  if (statistic.size === channels) return [channels];
  if (statistic.size === tf.util.sizeFromShape(xShape)) return xShape;
  throw new GradientError(
    `the gradient of batchNorm needs statistics of one number per channel (${channels}) or of the shape of x ` +
      `[${xShape}], got [${statistic.shape}]; compose the normalisation from sub, mul and rsqrt instead`,
    tf.FusedBatchNorm,
  );
}
