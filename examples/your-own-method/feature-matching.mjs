/**
 * A method in one file: feature matching (Salimans et al. 2016, "Improved techniques for training GANs", section 3.1). The
 * generator brings the mean of the discriminator's features of its samples to that of real ones.
 */
import * as tf from '@tensorflow/tfjs-core';
import { minimaxDiscriminatorLoss } from '@dist-gan/losses';

export function featureMatching({ learningRate = 1e-3, ...unknown } = {}) {
  const [surplus] = Object.keys(unknown);
  if (surplus !== undefined)
    throw new RangeError(`feature-matching knows learningRate alone, not ${surplus}`);
  const optimizer = { id: 'adam', learningRate, beta1: 0.5, beta2: 0.9 };
  const inputs = [
    { name: 'real', kind: 'real', draw: 'repeat' },
    { name: 'latents', kind: 'latents', draw: 'repeat' },
  ];
  return {
    id: 'feature-matching',
    title: 'Feature matching',
    source: {
      title: 'Salimans et al.: Improved techniques for training GANs',
      year: 2016,
      reference: 'arXiv:1606.03498',
    },
    options: { learningRate },
    roles: [
      { id: 'generator', kind: 'generator' },
      { id: 'discriminator', kind: 'discriminator' },
    ],
    phases: [
      {
        name: 'discriminator',
        updates: ['discriminator'],
        repeats: 1,
        optimizer,
        inputs,
        loss({ inputs: { real, latents }, generate, discriminate }) {
          const fake = discriminate(generate(latents).samples);
          const total = minimaxDiscriminatorLoss({
            realLogits: discriminate(real).logits,
            fakeLogits: fake.logits,
          });
          return { total, terms: { adversarial: total } };
        },
      },
      {
        name: 'generator',
        updates: ['generator'],
        repeats: 1,
        optimizer,
        inputs,
        loss({ inputs: { real, latents }, generate, discriminate }) {
          const mean = (samples) => tf.mean(discriminate(samples).features, 0);
          const matching = tf.sum(tf.squaredDifference(mean(real), mean(generate(latents).samples)));
          return { total: matching, terms: { matching } };
        },
      },
    ],
  };
}
