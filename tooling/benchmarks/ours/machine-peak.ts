/** What ONNX Runtime reaches on a large float32 matrix product, in GFLOP/s: the floor under our own rows. */
import { parseArgs } from 'node:util';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { compile } from '@dist-gan/compiler';
import { uniform } from './seeded.js';

const { values } = parseArgs({
  options: {
    threads: { type: 'string', default: '2' },
    size: { type: 'string', default: '2048' },
    repeats: { type: 'string', default: '10' },
    device: { type: 'string', default: 'cpu' },
  },
});
const size = Number(values.size);
await tf.setBackend('cpu');
const matrix = (name: string) =>
  tf.variable(tf.tensor2d(Float32Array.from(uniform(name, size * size)), [size, size]), false);
const left = matrix('left');
const right = matrix('right');
// Both factors are state and only a number comes out, so nothing but the product is timed.
const product = await compile(({ offset }) => ({ largest: tf.max(tf.add(tf.matMul(left, right), offset)) }), {
  inputs: { offset: { shape: [] } },
  threads: Number(values.threads),
  device: values.device as 'cpu',
});
let best = Infinity;
for (let repeat = 0; repeat <= Number(values.repeats); repeat++) {
  const start = performance.now();
  await product.run({ offset: Float32Array.of(repeat) });
  if (repeat > 0) best = Math.min(best, performance.now() - start);
}
console.log(JSON.stringify({ engine: 'onnxruntime', gflops: (2 * size ** 3) / best / 1e6 }));
product.dispose();
