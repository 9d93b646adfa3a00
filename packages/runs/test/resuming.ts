/** Runs that are interrupted and gone on with, for the tests of `src/resume.test.ts` and of its long sibling. */
import { mlp } from '@dist-gan/architectures';
import type { Method } from '@dist-gan/core';
import { gaussianGrid } from '@dist-gan/datasets';
import { methods } from '@dist-gan/methods';
import { fit, type FitOptions, type RunState } from '@dist-gan/trainer';
import { expect } from 'vitest';
import { smallMethods } from '../../../tooling/test/small-methods.js';
import { decodeCheckpoint, encodeCheckpoint } from '../src/checkpoints/checkpoint-file.js';

const record = { options: {}, seed: 5, versions: {}, engine: 'test' };

export const options = (method: Method): FitOptions => ({
  method,
  // tanh has a curvature everywhere, so that second-order gradients reach every weight.
  architecture: mlp({ hiddenUnits: [5], activation: 'tanh' }),
  dataset: gaussianGrid({ pointsPerMode: 4 }),
  latents: { dimension: 2, distribution: 'uniform' },
  batchSize: 8,
  steps: 4,
  seed: 5,
  movingAverage: { halfLife: 20 },
});

/** The states after each of `steps`, as files. */
export async function filesAfter(
  given: FitOptions,
  steps: readonly number[],
): Promise<Map<number, Uint8Array>> {
  const files = new Map<number, Uint8Array>();
  const result = await fit({
    ...given,
    callbacks: {
      async onStep({ step, state }) {
        if (!steps.includes(step)) return;
        files.set(step, encodeCheckpoint({ ...(await state()), seconds: 0, record }));
      },
    },
  });
  await result.dispose();
  return files;
}

/** Four steps at once and two after two: the files are the same, to the byte. */
export async function expectSameBytes(given: FitOptions): Promise<void> {
  const whole = await filesAfter(given, [2, 4]);
  const resume: RunState = decodeCheckpoint(whole.get(2)!, 'file');
  const resumed = await filesAfter({ ...given, resume }, [2, 4]);
  expect([...resumed.keys()]).toEqual([4]);
  expect(Buffer.compare(resumed.get(4)!, whole.get(4)!)).toBe(0);
  expect(Buffer.compare(whole.get(2)!, whole.get(4)!)).not.toBe(0);
}

/** Every method. */
export const allMethods = Object.entries(methods).map(([id, make]): [string, Method] => [
  id,
  make(smallMethods[id]),
]);
