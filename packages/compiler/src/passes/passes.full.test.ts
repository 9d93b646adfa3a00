/** Perceptrons on TensorFlow without each of the passes; `passes.test.ts` has some there, and all of them elsewhere. */
import { describe, it } from 'vitest';
import { tensorFlowIsHere } from '../../test/against-eager.js';
import { comparePerceptrons, passCombinations, patience } from '../../test/pass-combinations.js';

describe.skipIf(!tensorFlowIsHere)('whichever passes run, the numbers are the same on TensorFlow', () => {
  it(
    'for three perceptrons',
    () => comparePerceptrons('tensorflow', Object.values(passCombinations('tensorflow').allButOne)),
    patience,
  );
});
