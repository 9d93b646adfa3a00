import type { Architecture } from '@dist-gan/core';
import { initializers, input, layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { side } from './digit-networks.js';

/** Channels of 14 x 14 and of 7 x 7 maps. */
const [fine, coarse] = [16, 32];
const coarseSide = side / 4;
const window = { kernelSize: 4, strides: 2, padding: 'same' } as const;

/**
 * Convolutions for images of 28 x 28 that a page can train: windows of 4 x 4, which a stride of 2 divides, so that no pixel is seen more
 * often than its neighbours; 65,000 weights in the three networks together. Batch norm is the generator's and the encoder's, for the
 * discriminator's gradients are penalised sample by sample.
 */
export function digitConvolutions(): Architecture {
  return {
    id: 'digit-convolutions',
    title: 'Small convolutions for digits',
    source: { title: 'dist-gan, the laboratory', year: 2026 },
    options: { fine, coarse },
    kinds: ['generator', 'encoder', 'discriminator'],
    build(kind, { latentDimension }, random) {
      let count = 0;
      /** What every layer with weights draws them from: a stream of its own. */
      const weights = (distribution: 'heNormal' | 'glorotUniform' = 'heNormal') => {
        const seed = random.derive(`layer-${++count}`).nextInteger(2 ** 31);
        return { kernelInitializer: initializers[distribution]({ seed }) };
      };
      const normed = (x: SymbolicTensor) =>
        apply(layers.batchNormalization({ momentum: 0.9, epsilon: 1e-5 }), x);
      const leaky = (x: SymbolicTensor) => apply(layers.leakyReLU({ alpha: 0.2 }), x);
      const rectified = (x: SymbolicTensor) => apply(layers.reLU(), x);

      if (kind === 'generator') {
        const latents = input({ shape: [latentDimension] });
        let x = apply(
          layers.dense({ units: coarseSide ** 2 * coarse, useBias: false, ...weights() }),
          latents,
        );
        x = apply(layers.reshape({ targetShape: [coarseSide, coarseSide, coarse] }), rectified(normed(x)));
        x = apply(
          layers.conv2d({ filters: fine, kernelSize: 3, padding: 'same', useBias: false, ...weights() }),
          x,
        );
        x = rectified(normed(x)); // 7 x 7
        x = apply(layers.conv2dTranspose({ filters: fine, useBias: false, ...window, ...weights() }), x);
        x = rectified(normed(x)); // 14 x 14
        const logits = apply(
          layers.conv2dTranspose({ filters: 1, ...window, ...weights('glorotUniform') }),
          x,
        );
        const images = apply(layers.activation({ activation: 'sigmoid' }), logits);
        return model({ name: kind, inputs: latents, outputs: [images, logits] });
      }

      const images = input({ shape: [side, side, 1] });
      let x = leaky(apply(layers.conv2d({ filters: fine, ...window, ...weights() }), images)); // 14 x 14
      x = apply(layers.conv2d({ filters: coarse, ...window, ...weights() }), x); // 7 x 7
      const features = apply(layers.flatten(), leaky(kind === 'encoder' ? normed(x) : x));
      const dense = (units: number) => apply(layers.dense({ units, ...weights('glorotUniform') }), features);
      return kind === 'encoder'
        ? model({ name: kind, inputs: images, outputs: dense(latentDimension) })
        : model({ name: kind, inputs: images, outputs: [dense(1), features] });
    },
  };
}

const apply = (layer: layers.Layer, x: SymbolicTensor) => layer.apply(x) as SymbolicTensor;
