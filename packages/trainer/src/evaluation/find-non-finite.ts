import type { TrainingState } from '../step/training-state.js';

/** What a user can do about numbers that are not finite. */
export const wayOut = 'lower the learning rate or the weight of the term that grows';

/** The first variable of the state that holds a number that is not finite, and which number; undefined where none does. */
export async function findNonFinite(
  state: TrainingState,
): Promise<{ name: string; reason: string } | undefined> {
  for (const [name, variable] of Object.entries(state.named())) {
    const values = await variable.data();
    const at = values.findIndex((value) => !Number.isFinite(value));
    if (at >= 0) return { name, reason: `${name} (${variable.name}) holds ${values[at]}` };
  }
  return undefined;
}
