/** Trains a generator and an encoder of digits, and hands them over as they are every now and then. */
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-layers';
import { mlp } from '@dist-gan/architectures';
import { exportOnnx } from '@dist-gan/compiler';
import { arrayDataset } from '@dist-gan/datasets';
import { distGan } from '@dist-gan/methods';
import { fit } from '@dist-gan/trainer';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { watched } from '../training/networks.js';
import { loadRuntime } from '../training/runtime.js';
import { latentCount, side } from './digit-networks.js';
import { trainingSteps, type DigitTraining, type FromDigitWorker } from './training.js';

/** Milliseconds between two pairs of networks, at least; and how many times as long as it takes to make one. */
const leastPause = 1500;
const pauseOfWork = 10;

const tell = (message: FromDigitWorker) => postMessage(message);

addEventListener('message', ({ data }: MessageEvent<DigitTraining>) => {
  train(data).catch((error: unknown) => tell({ type: 'failed', message: (error as Error).message }));
});

/**
 * The preset `mnist-mlp` with half as many units and latents, a learning rate that falls over the second half, and a moving average
 * of the generator, which is what is shown. Convolutions show more after as many steps, but one takes seven times as long here.
 */
async function train({ images, seed }: DigitTraining): Promise<void> {
  const built: Record<string, LayersModel[]> = {};
  let [told, pause] = [performance.now(), leastPause];
  await fit({
    method: distGan({ learningRate: 1e-3, learningRateSchedule: { id: 'linear', ceiling: 0.5 } }),
    architecture: watched(mlp({ hiddenUnits: [128, 128] }), (kind, network) =>
      (built[kind] ??= []).push(network),
    ),
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
    batchSize: 64,
    steps: trainingSteps,
    seed,
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
          files: { generator: file('generator'), encoder: file('encoder') },
        });
        told = performance.now();
        pause = Math.max(leastPause, pauseOfWork * (told - began));
      },
    },
  });
}
