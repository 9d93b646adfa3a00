import type { AutoencoderOutput, PhaseInput, Role } from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';

/** A generator, and a discriminator that is an auto-encoder. */
export const autoencoderNetworks: readonly Role[] = [
  { id: 'generator', kind: 'generator' },
  { id: 'discriminator', kind: 'autoencoder' },
];

/** Batches under the names of their kinds, drawn anew for every update. */
export function drawn(...kinds: readonly ('real' | 'latents')[]): PhaseInput[] {
  return kinds.map((kind) => ({ name: kind, kind, draw: 'repeat' }));
}

/** Keeps the root's gradient finite where a reconstruction is exact. */
const insideRoot = 1e-12;

/** How badly each sample is reconstructed: the `length` of the difference, or the mean of its `absolute` entries. */
export function reconstructionErrors(
  { samples, reconstruction }: Pick<AutoencoderOutput, 'samples' | 'reconstruction'>,
  of: 'length' | 'absolute',
): tf.Tensor1D {
  return tf.tidy(() => {
    const difference = tf.reshape(tf.sub(samples, reconstruction), [samples.shape[0], -1]);
    if (of === 'absolute') return tf.mean(tf.abs(difference), 1);
    return tf.sqrt(tf.add<tf.Tensor1D>(tf.sum(tf.square(difference), 1), insideRoot));
  });
}
