/** The rows of stock TensorFlow.js: the step run eagerly on the plain CPU backend or on wasm. */
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-layers'; // registers the gradients
import * as tf from '@tensorflow/tfjs-core';
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { installSecondOrderGradients } from '@dist-gan/gradients';
import { createStep } from './create-step.js';
import { readOptions, serve, versionsOf, wasmFolder } from '#host';
import { checkSteps, inputPool, runCheckSteps } from './measure.js';
import type { Step, Tensors } from './step.js';
import { loadWorkload } from './workloads.js';

const options = readOptions(['cpu', 'wasm']);
const workload = loadWorkload(options.workload, { batch: options.batch, width: options.width });
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
  versions: { ...versionsOf(), '@tensorflow/tfjs-core': tf.version_core },
  async prepare() {
    if (wasmFolder !== undefined) setWasmPaths(wasmFolder);
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
