/** The rows of stock TensorFlow.js: the step run eagerly on the plain CPU backend or on wasm. */
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-layers'; // registers the gradients
import * as tf from '@tensorflow/tfjs-core';
import { setThreadsCount } from '@tensorflow/tfjs-backend-wasm';
import { installSecondOrderGradients } from '@dist-gan/gradients';
import { createStep } from './create-step.js';
import { checkSteps, inputPool, readOptions, runCheckSteps, serve } from './measure.js';
import type { Step, Tensors } from './step.js';
import { loadWorkload } from './workloads.js';

const options = readOptions(['cpu', 'wasm']);
const file = new URL('../workloads.json', import.meta.url);
const workload = loadWorkload(file, options.workload, { batch: options.batch, width: options.width });
let step: Step;
let batches: Tensors[];
let position = checkSteps;

async function runStep(inputs: Tensors): Promise<Record<string, number>> {
  const losses = tf.tidy(() => step.run(inputs));
  const entries = await Promise.all(
    Object.entries(losses).map(async ([name, loss]) => [name, (await loss.data())[0]] as const),
  );
  tf.dispose(losses);
  return Object.fromEntries(entries);
}

await serve(options, {
  versions: { node: process.versions.node, '@tensorflow/tfjs-core': tf.version_core },
  async prepare() {
    // Workers start detached in Node, so wasm takes its threads only where SharedArrayBuffer workers exist.
    if (options.mode === 'wasm') setThreadsCount(options.threads);
    await tf.setBackend(options.mode);
    // Stock second-order gradients of leakyRelu and of strided convolutions throw or are wrong.
    installSecondOrderGradients();
    step = createStep(workload);
    batches = Array.from({ length: inputPool }, (_, index) => {
      const arrays = step.batchOf(index);
      return Object.fromEntries(
        Object.entries(step.inputs).map(([name, shape]) => [name, tf.tensor(arrays[name], shape)]),
      );
    });
    return runCheckSteps((index) => runStep(batches[index]));
  },
  async runBlock(steps) {
    for (let done = 0; done < steps; done++) await runStep(batches[position++ % inputPool]);
  },
});
// wasm's worker threads keep the process alive.
process.exit(0);
