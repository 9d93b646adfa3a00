import type { Data } from '../../graph/types.js';
import type { Program } from '../target.js';

/**
 * The program that runs fastest, of several ways to start it; the others are disposed of. Its states hold anything
 * until they are written.
 *
 * @param inputs for all runs: how long a step takes does not depend on the numbers
 */
export async function fastestProgram<Started extends Program>(
  starts: readonly (() => Promise<Started>)[],
  inputs: Readonly<Record<string, Data>>,
): Promise<Started> {
  const programs: Started[] = [];
  const times: number[] = [];
  try {
    for (const start of starts) {
      const program = await start();
      programs.push(program);
      times.push(await timeOf(() => program.run(inputs)));
    }
  } catch (error) {
    for (const program of programs) await program.dispose();
    throw error;
  }
  const chosen = programs[fastest(times)];
  for (const program of programs) if (program !== chosen) await program.dispose();
  return chosen;
}

/** How much less time another choice must take than the first, for it takes cores that others could use. */
const worthTaking = 0.9;

/** Which of several choices takes the least time. */
export function fastest(milliseconds: readonly number[]): number {
  return milliseconds.reduce((best, time, at) => (time < worthTaking * milliseconds[best] ? at : best), 0);
}

const mostRuns = 8;
const longEnoughMs = 20;

/** Milliseconds of the shortest of some runs, after one that prepares the engine. */
async function timeOf(run: () => Promise<unknown>): Promise<number> {
  await run();
  const begin = performance.now();
  let shortest = Infinity;
  for (let runs = 0; runs < mostRuns && (runs < 2 || performance.now() - begin < longEnoughMs); runs++) {
    const start = performance.now();
    await run();
    shortest = Math.min(shortest, performance.now() - start);
  }
  return shortest;
}
