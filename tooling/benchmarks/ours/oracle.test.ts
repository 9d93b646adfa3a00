/** The steps that are timed compute what PyTorch and JAX compute in float64. */
import { inspectTensorFlow } from '@dist-gan/compiler';
import { beforeAll, describe, it } from 'vitest';
import { succeeds } from '../../test/succeeds.js';
import { expectCompiledAgreement, expectEagerAgreement, prepare, tinyWorkloads } from './oracle-agreement.js';

beforeAll(prepare);

describe.each(tinyWorkloads)('%s', (name) => {
  it('runs compiled for ONNX Runtime like the oracle', () => expectCompiledAgreement(name, 'onnx'));
});

// Perceptrons and convolutions; `oracle.full.test.ts` has all.
describe.each(['mlp-tiny', 'resnet-critic-tiny'])('%s', (name) => {
  it('runs eagerly like the oracle', () => expectEagerAgreement(name));
});
describe.skipIf(!succeeds(inspectTensorFlow)).each(['mlp-tiny', 'dcgan-tiny'])('%s', (name) => {
  it('runs compiled for TensorFlow like the oracle', () => expectCompiledAgreement(name, 'tensorflow'));
});
