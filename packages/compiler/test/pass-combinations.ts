/** Compilations with some of the passes, for `src/passes/passes.test.ts` and its long sibling. */
import type { TargetName } from '@dist-gan/core';
import { fusionNames } from '../src/passes/fusion-names.js';
import { passNames, type PassChoice } from '../src/passes/index.js';
import { expectLikeEager } from './against-eager.js';
import { gaussianStep } from './gaussian-step.js';

/** A compilation for every combination takes its time on a busy machine. */
export const patience = 300_000;

/** No pass of those that a target has, all but each of them, and each of them alone. */
export function passCombinations(target: TargetName) {
  const foreign: readonly string[] = target === 'tensorflow' ? [] : fusionNames;
  const names = passNames.filter((name) => !foreign.includes(name));
  const off = (less: readonly string[]): PassChoice => Object.fromEntries(less.map((name) => [name, false]));
  const ofEach = (choice: (name: string) => PassChoice): Record<string, PassChoice> =>
    Object.fromEntries(names.map((name) => [name, choice(name)]));
  return {
    none: off(names),
    allButOne: ofEach((name) => off([name])),
    onlyOne: ofEach((name) => off(names.filter((other) => other !== name))),
  };
}

/** Dist-GAN's step of three perceptrons gives the same numbers with each choice of passes. */
export async function comparePerceptrons(target: TargetName, choices: readonly PassChoice[]): Promise<void> {
  const { step, inputs, feeds, variables, dispose } = gaussianStep({ width: 6, batch: 4 });
  for (const passes of choices)
    await expectLikeEager({ target, fn: step, inputs, feeds, variables, calls: 2, options: { passes } });
  dispose();
}
