import { inspectTensorFlow } from '@dist-gan/compiler';
import { describe } from 'vitest';
import { succeeds } from '../../../../tooling/test/succeeds.js';
import { allCases, compareMethods } from '../../test/compare-methods.js';

/** What others do not have: penalties, embeddings, limits of weights, spectral norms, sets, codes, unrolled steps. `methods.full.test.ts` has all. */
const onTensorFlow = [
  'dist-gan as in the two-dimensional presets',
  'gn-gan',
  'wgan',
  'sn-gan',
  'began',
  'dan-2s',
  'info-gan',
  'unrolled',
  'gan with averages, consistency and diversity',
  'gan with the diversity of real samples',
  'ali of pairs of pairs',
];

describe('compiled equals eager on the CPU backend', () => {
  describe('with ONNX Runtime', () => compareMethods('onnx', allCases));
  describe.skipIf(!succeeds(inspectTensorFlow))('with TensorFlow', () =>
    compareMethods(
      'tensorflow',
      allCases.filter(([name]) => onTensorFlow.includes(name)),
    ),
  );
});
