/** Trains Dist-GAN on a ring of 8 Gaussians with an architecture that dist-gan does not know. */
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { gaussianRing } from '@dist-gan/datasets';
import { distGan } from '@dist-gan/methods';
import { modeCoverage } from '@dist-gan/metrics';
import { fit } from '@dist-gan/trainer';
import { skipMlp } from './skip-mlp.mjs';

tf.env().set('IS_TEST', true); // silences the advice to install another backend
const dataset = gaussianRing({ standardDeviation: 0.1 });
const { centres, registrationRadius } = dataset.mixture;

const result = await fit({
  method: distGan({
    reconstructionLoss: 'sigmoid-cross-entropy',
    latentDataSpace: 'samples',
    latentDataWeight: 0.1,
    gradientPenaltyWeight: 0.1,
    realWeight: 0.5,
    reconstructedWeight: 0.5,
    reconstructedFade: 'none',
    learningRate: 2e-3,
  }),
  architecture: skipMlp({ units: 64 }),
  dataset,
  latents: { dimension: 2, distribution: 'uniform' },
  batchSize: 64,
  steps: Number(process.argv[2] ?? 3000),
  seed: 1,
  evaluation: {
    every: 500,
    samples: 1000,
    metrics: () => [modeCoverage({ centres, radius: registrationRadius })],
  },
  callbacks: {
    onEvaluation({ step, results }) {
      const shown = results.slice(0, 2).map(({ id, value }) => `${id} ${value}`);
      console.log(`step ${step}: ${shown.join(', ')}`);
    },
  },
});
console.log(`${result.stepsPerSecond.toFixed(0)} steps per second (${result.executor})`);
await result.dispose();
