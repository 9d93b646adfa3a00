import type { TrainingStep } from '../step/training-step.js';
import * as tf from '@tensorflow/tfjs-core';
import { applyEagerly } from '../networks/apply-eagerly.js';
import { readAndDispose } from '../read-and-dispose.js';
import type { Executor, ExecutorOptions } from './executor.js';
import { packStep, type PackedStep } from './pack-step.js';

/** Runs steps operation by operation on whichever TensorFlow.js backend is active. */
export function createEagerExecutor({ steps: [first], shapes }: ExecutorOptions): Executor {
  const packed = new Map<TrainingStep, PackedStep>();
  return {
    id: 'eager',
    async run(feeds, step = first) {
      if (!packed.has(step)) packed.set(step, packStep(step));
      const { run, unpack } = packed.get(step)!;
      const numbers = tf.tidy(() => {
        const inputs = Object.entries(feeds).map(([name, data]) => [
          name,
          tf.tensor(data, [...shapes[name]]),
        ]);
        return run(Object.fromEntries(inputs) as Record<string, tf.Tensor>).numbers;
      });
      return unpack(await readAndDispose(numbers));
    },
    apply: applyEagerly,
    async readState() {},
    async writeState() {},
    async dispose() {},
  };
}
