/** Trains a generator and an encoder of digits, and hands them over as they are every now and then. */
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-layers';
import { exportOnnx } from '@dist-gan/compiler';
import { arrayDataset } from '@dist-gan/datasets';
import { distGan } from '@dist-gan/methods';
import { fit } from '@dist-gan/trainer';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { watched } from '../training/networks.js';
import { loadRuntime } from '../training/runtime.js';
import { digitConvolutions } from './digit-convolutions.js';
import { side } from './digit-networks.js';
import { trainingSteps, type DigitTraining, type FromDigitWorker } from './training.js';

/** Milliseconds between two pairs of networks, at least; and how many times as long as it takes to make one. */
const leastPause = 1500;
const pauseOfWork = 10;

const tell = (message: FromDigitWorker) => postMessage(message);

addEventListener('message', ({ data }: MessageEvent<DigitTraining>) => {
  train(data).catch((error: unknown) => tell({ type: 'failed', message: (error as Error).message }));
});

/** Of the networks that are trained here. */
const latentCount = 10;

/**
 * Dist-GAN with the non-saturating loss in the place of the score distance and R1 in that of the gradient penalty: after as many steps, strokes hold
 * together better. Reconstructions are compared pixel by pixel, which takes the discriminator out of their phase, and time out of a step.
 */
async function train({ images, seed }: DigitTraining): Promise<void> {
  const built: Record<string, LayersModel[]> = {};
  let [told, pause] = [performance.now(), leastPause];
  await fit({
    method: distGan({
      generatorLoss: 'non-saturating',
      reconstructionLoss: 'sigmoid-cross-entropy',
      latentDataSpace: 'samples',
      gradientPenaltyWeight: 0,
      penalties: [{ id: 'r1', options: { gamma: 0.5 } }],
      learningRate: 1e-3,
      beta1: 0,
      beta2: 0.99,
      learningRateSchedule: { id: 'linear', ceiling: 0.5 },
    }),
    architecture: watched(digitConvolutions(), (kind, network) => (built[kind] ??= []).push(network)),
    dataset: arrayDataset(
      {
        id: 'digits',
        title: 'Digits of a chosen file',
        source: { title: 'dist-gan, the laboratory', year: 2026 },
        options: {},
        sampleShape: [side, side, 1],
        range: [0, 1],
      },
      images,
    ),
    latents: { dimension: latentCount, distribution: 'uniform' },
    batchSize: 32,
    steps: trainingSteps,
    seed,
    // What is shown is the average of the generator.
    movingAverage: { halfLife: 10_000 },
    compiler: await loadRuntime('wasm'),
    callbacks: {
      async onStep({ step, seconds, state }) {
        if (step < trainingSteps && performance.now() - told < pause) return;
        const began = performance.now();
        // Brings the networks' variables up to date.
        await state();
        // Of the generator there are two: the one that is trained, and behind it the average of its weights.
        const file = (kind: string) => exportOnnx(built[kind].at(-1)!, { outputName: 'output' });
        tell({
          type: 'networks',
          step,
          seconds,
          files: { generator: file('generator'), encoder: file('encoder'), latentCount },
        });
        told = performance.now();
        pause = Math.max(leastPause, pauseOfWork * (told - began));
      },
    },
  });
}
