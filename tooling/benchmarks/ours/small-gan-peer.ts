/** The row beside GAN Lab: a GAN of its networks and batch, by `fit`, as a page would train it. The workload says nothing here. */
import '@tensorflow/tfjs-backend-cpu';
import { mlp } from '@dist-gan/architectures';
import { gaussianRing } from '@dist-gan/datasets';
import { gan } from '@dist-gan/methods';
import { fit } from '@dist-gan/trainer';
import { onnxRuntime, readOptions, serve, versionsOf } from '#host';
import { runCheckSteps } from './measure.js';

const options = readOptions(['onnx']);
let losses: Record<string, number> = {};
/** Steps that may still be made, and who waits for the last of them. */
let allowed = 0;
let done = () => {};
let wake = () => {};

function train(steps: number): Promise<void> {
  allowed = steps;
  wake();
  return new Promise((resolve) => (done = resolve));
}

await serve(options, {
  versions: versionsOf('@tensorflow/tfjs-core'),
  async prepare() {
    const training = fit({
      method: gan({ learningRate: 1e-3 }),
      architecture: mlp({ hiddenUnits: [8, 8] }),
      dataset: gaussianRing(),
      latents: { dimension: 2, distribution: 'uniform' },
      batchSize: 150,
      steps: Number.MAX_SAFE_INTEGER,
      seed: 0,
      compiler: { runtime: onnxRuntime, threads: options.threads },
      callbacks: {
        async onStep(event) {
          ({ losses } = event);
          if (--allowed > 0) return;
          done();
          await new Promise<void>((resolve) => (wake = resolve));
        },
      },
    });
    const failure = training.then(() => Promise.reject(new Error('the training ended')));
    return runCheckSteps(async () => {
      await Promise.race([train(1), failure]);
      return losses;
    });
  },
  runBlock: train,
});
