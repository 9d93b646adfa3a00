/** Every architecture on TensorFlow; `compiled.test.ts` has some of them there, and every one on ONNX Runtime. */
import { describe } from 'vitest';
import { allCases, compareNetworks, tensorFlowIsHere } from '../test/compare-networks.js';

describe.skipIf(!tensorFlowIsHere)('the networks train compiled for TensorFlow as they train eagerly', () =>
  compareNetworks('tensorflow', allCases),
);
