import { describe } from 'vitest';
import { succeeds } from '../../../tooling/test/succeeds.js';
import type { TargetName } from '../src/targets/target.js';
import { loadTensorFlow } from '../src/targets/tensorflow/runtime.js';

/** Whether there is a TensorFlow to test with. */
export const tensorFlowIsHere = succeeds(() =>
  // One thread: the tests of a workspace run side by side, and waiting threads take each other's processor.
  loadTensorFlow({ threads: 1 }),
);

/** The same tests for every target; those of an engine that is not here count as skipped. */
export function describeOnTargets(name: string, suite: (target: TargetName) => void): void {
  describe(`${name}, on ONNX Runtime`, () => suite('onnx'));
  describe.skipIf(!tensorFlowIsHere)(`${name}, on TensorFlow`, () => suite('tensorflow'));
}
