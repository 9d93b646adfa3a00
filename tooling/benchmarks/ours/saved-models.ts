/**
 * Writes two SavedModels, of a training step and of a model, with inputs and what they must give: for
 * `peers/saved_models.py`, which holds Python's TensorFlow to it. Takes the folder to write to.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { compile, exportSavedModel } from '@dist-gan/compiler';
import { installSecondOrderGradients } from '@dist-gan/gradients';
import { createStep } from './create-step.js';
import { loadWorkload } from './workloads.js';

interface Call {
  inputs: Record<string, { data: number[]; shape: number[] }>;
  outputs: Record<string, number[]>;
}

const folder = process.argv[2];
const stepsBefore = 2;
const stepsAfter = 2;

function writeCalls(name: string, calls: readonly Call[]): void {
  mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, `${name}.json`), JSON.stringify(calls));
}

/** A training step, saved after two steps; the next two are what Python must give. */
async function saveStep(): Promise<void> {
  const workload = loadWorkload('dcgan-tiny');
  const step = createStep(workload);
  const compiled = await compile((inputs) => step.run(inputs), {
    inputs: Object.fromEntries(Object.entries(step.inputs).map(([name, shape]) => [name, { shape }])),
    threads: 1,
  });
  for (let at = 0; at < stepsBefore; at++) await compiled.run(step.batchOf(at));
  await compiled.toSavedModel(join(folder, 'step'));
  const calls: Call[] = [];
  for (let at = stepsBefore; at < stepsBefore + stepsAfter; at++) {
    const batch = step.batchOf(at);
    const losses = await compiled.run(batch);
    calls.push({
      inputs: Object.fromEntries(
        Object.entries(step.inputs).map(([name, shape]) => [name, { data: Array.from(batch[name]), shape }]),
      ),
      outputs: Object.fromEntries(Object.entries(losses).map(([name, { data }]) => [name, Array.from(data)])),
    });
  }
  writeCalls('step', calls);
  compiled.dispose();
}

/** A generator, called with two batch sizes. */
function saveModel(): void {
  const kernelInitializer = layers.initializers.glorotNormal({ seed: 3 });
  const model = layers.sequential({
    layers: [
      layers.layers.dense({ inputShape: [6], units: 2 * 2 * 8, kernelInitializer }),
      layers.layers.reshape({ targetShape: [2, 2, 8] }),
      layers.layers.batchNormalization({}),
      layers.layers.reLU(),
      layers.layers.conv2dTranspose({
        filters: 3,
        kernelSize: 4,
        strides: 2,
        padding: 'same',
        activation: 'tanh',
        kernelInitializer,
      }),
    ],
  });
  exportSavedModel(model, join(folder, 'model'));
  const calls = [1, 5].map((batch): Call => {
    const data = Array.from({ length: batch * 6 }, (_, at) => Math.sin(at * 1.3));
    const output = tf.tidy(() => (model.predict(tf.tensor2d(data, [batch, 6])) as tf.Tensor).dataSync());
    return { inputs: { input: { data, shape: [batch, 6] } }, outputs: { output: Array.from(output) } };
  });
  writeCalls('model', calls);
}

await tf.setBackend('cpu');
installSecondOrderGradients();
saveModel();
await saveStep();
