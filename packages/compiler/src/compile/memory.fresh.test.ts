/** In a process of its own: what others leave to the garbage collector counts as resident, too. */
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-layers';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { describeOnTargets } from '../../test/against-eager.js';
import { gaussianStep } from '../../test/gaussian-step.js';
import { compile } from './compile.js';

describeOnTargets('a compiled step', (target) => {
  it('keeps memory flat over thousands of calls', async () => {
    const { step, inputs, feeds, dispose } = gaussianStep({ width: 4, batch: 2 });
    const compiled = await compile(step, { target, inputs, threads: 1 });
    const call = feeds(0);
    for (let at = 0; at < 500; at++) await compiled.run(call);
    const [tensors, resident] = [tf.memory().numTensors, process.memoryUsage().rss];
    for (let at = 0; at < 2000; at++) await compiled.run(call);
    expect(tf.memory().numTensors).toBe(tensors);
    // 2,000 calls that leaked their state alone would hold 25 MB.
    expect(process.memoryUsage().rss - resident).toBeLessThan(16e6);
    compiled.dispose();
    dispose();
  });
});
