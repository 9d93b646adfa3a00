import type { DiscriminatorOutput, PhaseBatch, PhaseContext } from '@dist-gan/core';
import type * as tf from '@tensorflow/tfjs-core';

/** What the losses of a phase share, computed once each. */
export function phaseBatch(context: PhaseContext): PhaseBatch {
  const discriminated = new Map<tf.Tensor, DiscriminatorOutput>();
  const batch: PhaseBatch = {
    get real() {
      return context.inputs.real;
    },
    get latents() {
      return context.inputs.latents as tf.Tensor2D;
    },
    generated: once(() => context.generate(batch.latents)),
    encoded: once(() => context.encode(batch.real)),
    reconstructed: once(() => context.generate(batch.encoded())),
    discriminate(samples) {
      const output = discriminated.get(samples) ?? context.discriminate(samples);
      discriminated.set(samples, output);
      return output;
    },
  };
  return batch;
}

function once<Value>(compute: () => Value): () => Value {
  let value: Value | undefined;
  return () => (value ??= compute());
}
