/** Our rows: the same step compiled by @dist-gan/compiler and run on ONNX Runtime or on TensorFlow. */
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-layers'; // registers the gradients
import * as tf from '@tensorflow/tfjs-core';
import { compile, type Compiled } from '@dist-gan/compiler';
import { installSecondOrderGradients } from '@dist-gan/gradients';
import { createStep } from './create-step.js';
import { onnxRuntime, readOptions, serve, versionsOf } from '#host';
import { checkSteps, inputPool, runCheckSteps } from './measure.js';
import { loadWorkload, type Arrays } from './workloads.js';

const options = readOptions(['onnx', 'tensorflow']);
const workload = loadWorkload(options.workload, { batch: options.batch, width: options.width });
let compiled: Compiled;
let batches: Arrays[];
let position = checkSteps;

await serve(options, {
  versions: { ...versionsOf('onnxruntime-node'), '@tensorflow/tfjs-core': tf.version_core },
  async prepare() {
    await tf.setBackend('cpu');
    installSecondOrderGradients();
    const start = performance.now();
    const step = createStep(workload);
    compiled = await compile((inputs) => step.run(inputs), {
      inputs: Object.fromEntries(Object.entries(step.inputs).map(([name, shape]) => [name, { shape }])),
      target: options.mode as 'onnx' | 'tensorflow',
      device: options.device as 'cpu' | 'cuda' | 'webgpu',
      threads: options.threads,
      runtime: onnxRuntime,
    });
    batches = Array.from({ length: inputPool }, (_, index) => step.batchOf(index));
    const checked = await runCheckSteps(async (index) => {
      const outputs = await compiled.run(batches[index]);
      return Object.fromEntries(Object.entries(outputs).map(([name, { data }]) => [name, Number(data[0])]));
    }, start);
    return { ...checked, compile: compiled.report };
  },
  async runBlock(steps) {
    for (let done = 0; done < steps; done++) await compiled.run(batches[position++ % inputPool]);
  },
});
