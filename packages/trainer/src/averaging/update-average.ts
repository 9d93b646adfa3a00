import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { nonTrainableWeights, trainableWeights } from '../networks/build-networks.js';

/**
 * Moves a network's weights towards another's: `average <- average + rate * (weight - average)`. What layers keep
 * beside weights (the vectors of spectral norm, batch norm's averages) is copied, as in the code of StyleGAN2-ADA.
 */
export function updateAverage(average: LayersModel, network: LayersModel, rate: tf.Scalar): void {
  tf.tidy(() => {
    const weights = trainableWeights(network);
    trainableWeights(average).forEach((variable, i) =>
      variable.assign(tf.add(variable, tf.mul(tf.sub(weights[i], variable), rate))),
    );
    const kept = nonTrainableWeights(network);
    nonTrainableWeights(average).forEach((variable, i) => variable.assign(tf.clone(kept[i])));
  });
}
