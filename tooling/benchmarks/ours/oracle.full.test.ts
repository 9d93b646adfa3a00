/** Every step on TensorFlow; `oracle.test.ts` has some of them there, and every one elsewhere. */
import { inspectTensorFlow } from '@dist-gan/compiler';
import { beforeAll, describe, it } from 'vitest';
import { succeeds } from '../../test/succeeds.js';
import { expectCompiledAgreement, prepare, tinyWorkloads } from './oracle-agreement.js';

beforeAll(prepare);

describe.skipIf(!succeeds(inspectTensorFlow)).each(tinyWorkloads)('%s', (name) => {
  it('runs compiled for TensorFlow like the oracle', () => expectCompiledAgreement(name, 'tensorflow'));
});
