import * as tfl from '@tensorflow/tfjs-layers';

const { layers } = tfl;

/** A small generator: 6 latents to 8 x 8 x 3, with batch normalisation and a transposed convolution. */
export function imageGenerator(): tfl.LayersModel {
  return tfl.sequential({
    layers: [
      layers.dense({ inputShape: [6], units: 2 * 2 * 8 }),
      layers.reshape({ targetShape: [2, 2, 8] }),
      layers.batchNormalization({}),
      layers.reLU(),
      layers.upSampling2d({ size: [2, 2] }),
      layers.conv2dTranspose({ filters: 3, kernelSize: 4, strides: 2, padding: 'same', activation: 'tanh' }),
    ],
  });
}
