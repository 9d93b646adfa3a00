import * as tf from '@tensorflow/tfjs-core';
import { applyEagerly } from '../networks/apply-eagerly.js';
import { readAndDispose } from '../read-and-dispose.js';
import type { Executor, ExecutorOptions } from './executor.js';
import { packLosses } from './pack-losses.js';

/** Runs the step operation by operation on whichever TensorFlow.js backend is active. */
export function createEagerExecutor(options: ExecutorOptions): Executor {
  const { step, shapes } = options;
  const packed = packLosses(step);
  return {
    id: 'eager',
    async run(feeds) {
      const losses = tf.tidy(() => {
        const inputs = Object.entries(feeds).map(([name, data]) => [
          name,
          tf.tensor(data, [...shapes[name]]),
        ]);
        return packed.run(Object.fromEntries(inputs) as Record<string, tf.Tensor>).losses;
      });
      return packed.unpack(await readAndDispose(losses));
    },
    apply: applyEagerly,
    async readState() {},
    async dispose() {},
  };
}
