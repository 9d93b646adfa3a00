/** The compiled 25-Gaussian step, call after call: what the process and TensorFlow.js hold, as lines of JSON. */
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-layers'; // registers the gradients
import * as tf from '@tensorflow/tfjs-core';
import { parseArgs } from 'node:util';
import { compile } from '@dist-gan/compiler';
import { installSecondOrderGradients } from '@dist-gan/gradients';
import { createStep } from './create-step.js';
import { loadWorkload } from './workloads.js';

const { values } = parseArgs({
  options: {
    target: { type: 'string', default: 'onnx' },
    threads: { type: 'string', default: '1' },
    calls: { type: 'string', default: '10000' },
    every: { type: 'string', default: '1000' },
  },
});
const [calls, every] = [Number(values.calls), Number(values.every)];

await tf.setBackend('cpu');
installSecondOrderGradients();
const workload = loadWorkload('mlp');
const step = createStep(workload);
const before = tf.memory();
const compiled = await compile((inputs) => step.run(inputs), {
  inputs: Object.fromEntries(Object.entries(step.inputs).map(([name, shape]) => [name, { shape }])),
  target: values.target as 'onnx' | 'tensorflow',
  threads: Number(values.threads),
});
const batches = Array.from({ length: 8 }, (_, index) => step.batchOf(index));

report(0);
for (let call = 1; call <= calls; call++) {
  await compiled.run(batches[call % batches.length]);
  if (call % every !== 0) continue;
  await compiled.readVariables(); // as an evaluation does
  report(call);
}
compiled.dispose();
print({ engine: compiled.report.engine, before: sizes(before), after: sizes(tf.memory()) });

function report(call: number): void {
  global.gc?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  print({ call, rss, heapUsed, external, tensors: tf.memory().numTensors });
}

function sizes({ numTensors, numBytes }: tf.MemoryInfo) {
  return { tensors: numTensors, bytes: numBytes };
}

function print(line: object): void {
  process.stdout.write(JSON.stringify(line) + '\n');
}
