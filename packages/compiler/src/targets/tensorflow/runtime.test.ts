import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { gaussianStep } from '../../../test/gaussian-step.js';
import { tensorFlowIsHere } from '../../../test/against-eager.js';
import { compile } from '../../compile/compile.js';
import { inspectTensorFlow } from './inspect.js';
import { loadTensorFlow } from './runtime.js';

describe.skipIf(!tensorFlowIsHere)('TensorFlow beside the application', () => {
  it('does not touch the TensorFlow.js of the application', () => {
    const backends = tf.engine().backendNames();
    const { runtime } = loadTensorFlow({});
    expect(runtime.engine()).not.toBe(tf.engine());
    expect(tf.getBackend()).toBe('cpu');
    expect(tf.engine().backendNames()).toEqual(backends);
    expect(tf.getKernelsForBackend('tensorflow')).toEqual([]);
  });

  it('says which it is', () => {
    const { version, folder, gpu } = inspectTensorFlow();
    expect(version).toMatch(/^2\.\d+\.\d+$/);
    expect(folder).toContain('tfjs-node');
    expect(gpu).toBeTypeOf('boolean');
  });

  it('keeps none of the tensors of a call', async () => {
    const { step, inputs, feeds, dispose } = gaussianStep({ width: 4, batch: 2 });
    const compiled = await compile(step, { target: 'tensorflow', inputs });
    const before = loadTensorFlow({}).runtime.memory().numTensors;
    for (let call = 0; call < 5; call++) await compiled.run(feeds(call));
    await compiled.readVariables();
    await compiled.writeVariables();
    expect(loadTensorFlow({}).runtime.memory().numTensors).toBe(before);
    compiled.dispose();
    dispose();
  });

  // TensorFlow takes an array whose address suits it as its own memory. A fresh one has such an address once in four
  // times, so of forty there are some.
  it('keeps none of the arrays of a call', async () => {
    const sizes = Array.from({ length: 40 }, (_, at) => 20 + at);
    const variables = sizes.map((size) => tf.tidy(() => tf.variable(tf.zeros([size]))));
    const names = sizes.map((size) => `of${size}`);
    const compiled = await compile(
      (given: Record<string, tf.Tensor>) => {
        names.forEach((name, at) => variables[at].assign(given[name]));
        return {};
      },
      {
        target: 'tensorflow',
        inputs: Object.fromEntries(names.map((name, at) => [name, { shape: [sizes[at]] }])),
      },
    );
    const feeds = Object.fromEntries(names.map((name, at) => [name, new Float32Array(sizes[at]).fill(at)]));
    await compiled.run(feeds);
    for (const feed of Object.values(feeds)) feed.fill(-1);
    await compiled.readVariables();
    expect(variables.map((variable) => variable.dataSync()[0])).toEqual(sizes.map((_, at) => at));
    compiled.dispose();
    tf.dispose(variables);
  });

  it('tells that the number of threads is settled', () => {
    const told: string[] = [];
    loadTensorFlow({ threads: 97, onWarning: (message) => told.push(message) });
    expect(told).toEqual([expect.stringContaining('threads: 97 has no effect')]);
  });

  it('refuses devices that it does not have', async () => {
    const on = (device: 'webgpu' | 'cuda') =>
      compile(({ x }) => ({ y: tf.neg(x) }), { target: 'tensorflow', device, inputs: { x: { shape: [3] } } });
    await expect(on('webgpu')).rejects.toThrow(/does not run on WebGPU/);
    if (!inspectTensorFlow().gpu) await expect(on('cuda')).rejects.toThrow(/found no GPU/);
  });
});
