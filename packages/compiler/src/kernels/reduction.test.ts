import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { describeOnTargets } from '../../test/against-eager.js';
import { compile } from '../compile/compile.js';

describeOnTargets('sums of many rows', (target) => {
  it('keep their digits', async () => {
    // Added up one after the other in float32, these lose 1.5e-4 and 3.2e-5.
    for (const rows of [1 << 14, 3136]) {
      const inputs = { x: { shape: [rows, 3] } };
      const step = await compile(({ x }) => ({ sum: tf.sum(x, 0), mean: tf.mean(x, 0) }), {
        target,
        threads: 1,
        inputs,
      });
      const { sum, mean } = await step.run({ x: new Float32Array(rows * 3).fill(0.1) });
      step.dispose();
      const addend = Math.fround(0.1);
      for (const value of sum.data) expect(Math.abs(value / (rows * addend) - 1)).toBeLessThan(1e-6);
      for (const value of mean.data) expect(Math.abs(value / addend - 1)).toBeLessThan(1e-6);
    }
  });
});
