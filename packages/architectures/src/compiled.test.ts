import { describe } from 'vitest';
import { allCases, compareNetworks, tensorFlowIsHere } from '../test/compare-networks.js';

/** What others do not have: dense layers, batch norm, spectral norm, residual blocks, grouped convolutions. `compiled.full.test.ts` has all. */
const onTensorFlow = ['mlp', 'cifar-dcgan', 'sngan-cnn', 'resnet', 'r3gan', 'began'];

describe('the networks train compiled as they train eagerly', () => {
  describe('on ONNX Runtime', () => compareNetworks('onnx', allCases));
  describe.skipIf(!tensorFlowIsHere)('on TensorFlow', () =>
    compareNetworks(
      'tensorflow',
      allCases.filter(({ what }) => onTensorFlow.includes(what)),
    ),
  );
});
