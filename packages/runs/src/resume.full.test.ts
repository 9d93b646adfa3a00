/** Every method resumed eagerly and on TensorFlow; `resume.test.ts` has those that keep a state of their own, and every one on ONNX Runtime. */
import { inspectTensorFlow } from '@dist-gan/compiler';
import { describe, it } from 'vitest';
import { succeeds } from '../../../tooling/test/succeeds.js';
import { allMethods, expectSameBytes, options } from '../test/resuming.js';

describe('a resumed run has the same bytes, eager', () => {
  it.each(allMethods)('%s', (_, method) => expectSameBytes({ ...options(method), executor: 'eager' }));
});

describe.skipIf(!succeeds(inspectTensorFlow))('a resumed run has the same bytes on TensorFlow', () => {
  it.each(allMethods)('%s', (_, method) =>
    expectSameBytes({ ...options(method), compiler: { target: 'tensorflow' } }),
  );
});
