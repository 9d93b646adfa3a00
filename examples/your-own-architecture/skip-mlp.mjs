/**
 * A new architecture is one value: `build` makes one network of each kind. This one adds the first hidden
 * layer to the second, so that gradients have a short way back.
 */
import { ShapeError } from '@dist-gan/core';
import { initializers, input, layers, model } from '@tensorflow/tfjs-layers';

/** @returns an Architecture of @dist-gan/core, for samples that are points, `[dimension]` */
export function skipMlp({ units = 64 } = {}) {
  return {
    id: 'skip-mlp',
    title: 'Two dense layers with a skip connection',
    source: { title: 'The example of dist-gan', year: 2026 },
    options: { units },
    kinds: ['generator', 'encoder', 'discriminator'],

    build(kind, { sampleShape, latentDimension }, random) {
      if (sampleShape.length !== 1) {
        throw new ShapeError('skip-mlp serves points only', 'sampleShape', sampleShape, '[dimension]');
      }
      const [dimension] = sampleShape;
      // Weights are drawn from the given stream and from nothing else: the run's seed decides them.
      const dense = (name, outputs, activation) =>
        layers.dense({
          name,
          units: outputs,
          activation,
          kernelInitializer: initializers.heNormal({ seed: random.derive(name).nextInteger(2 ** 31) }),
        });

      const x = input({ shape: [kind === 'generator' ? latentDimension : dimension] });
      const first = dense('first', units, 'relu').apply(x);
      const second = dense('second', units, 'relu').apply(first);
      const hidden = layers.add({ name: 'features' }).apply([first, second]);
      switch (kind) {
        case 'generator': {
          // Samples in [0, 1], and the values before the sigmoid as a second output.
          const logits = dense('logits', dimension).apply(hidden);
          return model({
            inputs: x,
            outputs: [layers.activation({ activation: 'sigmoid' }).apply(logits), logits],
          });
        }
        case 'encoder':
          return model({ inputs: x, outputs: dense('latents', latentDimension).apply(hidden) });
        case 'discriminator':
          return model({ inputs: x, outputs: [dense('logits', 1).apply(hidden), hidden] });
      }
    },
  };
}
