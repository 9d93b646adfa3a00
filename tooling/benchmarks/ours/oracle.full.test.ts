/** Every step eagerly and on TensorFlow; `oracle.test.ts` has some of them there, and every one on ONNX Runtime. */
import { inspectTensorFlow } from '@dist-gan/compiler';
import { beforeAll, describe, it } from 'vitest';
import { succeeds } from '../../test/succeeds.js';
import { expectCompiledAgreement, expectEagerAgreement, prepare, tinyWorkloads } from './oracle-agreement.js';

beforeAll(prepare);

describe.each(tinyWorkloads)('%s', (name) => {
  it('runs eagerly like the oracle', () => expectEagerAgreement(name));
});

describe.skipIf(!succeeds(inspectTensorFlow)).each(tinyWorkloads)('%s', (name) => {
  it('runs compiled for TensorFlow like the oracle', () => expectCompiledAgreement(name, 'tensorflow'));
});
