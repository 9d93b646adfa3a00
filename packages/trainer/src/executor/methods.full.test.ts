/** Every method on TensorFlow; `methods.test.ts` has some of them there, and every one on ONNX Runtime. */
import { inspectTensorFlow } from '@dist-gan/compiler';
import { describe } from 'vitest';
import { succeeds } from '../../../../tooling/test/succeeds.js';
import { allCases, compareMethods } from '../../test/compare-methods.js';

describe.skipIf(!succeeds(inspectTensorFlow))('compiled for TensorFlow equals eager on the CPU backend', () =>
  compareMethods('tensorflow', allCases),
);
