import type * as tf from '@tensorflow/tfjs-core';
import { Adam } from './adam.js';
import { discriminatorLoss, scoreDistance } from './losses.js';
import { weightsOf, type Step, type Tensors, type Weights } from './step.js';
import { batchOf, inputShapes, type DcganWorkload, type MlpWorkload } from './workloads.js';

export interface Networks {
  encode: (real: tf.Tensor) => tf.Tensor;
  generate: (latents: tf.Tensor) => tf.Tensor;
  /** The discriminator's logits. */
  score: (samples: tf.Tensor) => tf.Tensor;
  reconstructionLoss: (real: tf.Tensor, latents: tf.Tensor) => tf.Scalar;
}

/** The three phases of Dist-GAN: reconstruction, discriminator (once or more), generator. */
export function autoencoderGanStep(
  workload: MlpWorkload | DcganWorkload,
  weights: Weights,
  { encode, generate, score, reconstructionLoss }: Networks,
): Step {
  const adam = {
    reconstruction: new Adam(workload, weightsOf(weights, ['encoder', 'generator'])),
    discriminator: new Adam(workload, weightsOf(weights, ['discriminator'])),
    generator: new Adam(workload, weightsOf(weights, ['generator'])),
  };
  return {
    inputs: inputShapes(workload),
    weights,
    batchOf: (step) => batchOf(workload, step),
    run(inputs: Tensors): Tensors {
      const losses: Tensors = {};
      losses['reconstruction'] = adam.reconstruction.minimize(() =>
        reconstructionLoss(inputs['reconstructionReal'], inputs['reconstructionLatents']),
      );
      for (let repeat = 0; repeat < workload.criticSteps; repeat++) {
        const real = inputs[`discriminatorReal${repeat}`];
        const samples = {
          real,
          reconstructed: generate(encode(real)),
          fake: generate(inputs[`discriminatorLatents${repeat}`]),
          interpolation: inputs[`discriminatorInterpolation${repeat}`],
        };
        losses['discriminator'] = adam.discriminator.minimize(() =>
          discriminatorLoss(score, samples, workload),
        );
      }
      const realLogits = score(inputs['generatorReal']);
      losses['generator'] = adam.generator.minimize(() =>
        scoreDistance({ realLogits, fakeLogits: score(generate(inputs['generatorLatents'])) }),
      );
      return losses;
    },
    dispose() {
      Object.values(adam).forEach((optimizer) => optimizer.dispose());
      Object.values(weights).forEach((weight) => weight.dispose());
    },
  };
}
