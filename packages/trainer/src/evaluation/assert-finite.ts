import { NonFiniteError } from '@dist-gan/core';
import type { TrainingState } from '../step/training-state.js';

const wayOut = 'lower the learning rate or the weight of the term that grows';

/** @throws NonFiniteError naming phase, term and step */
export function assertFiniteLosses(losses: Readonly<Record<string, number>>, step: number): void {
  for (const [quantity, value] of Object.entries(losses)) {
    if (Number.isFinite(value)) continue;
    const [phase, term] = quantity.split('/');
    throw new NonFiniteError(
      `fit: ${term} of the phase ${phase} is ${value} at step ${step}; ${wayOut}`,
      quantity,
      step,
    );
  }
}

/** @throws NonFiniteError naming network, weight and step */
export async function assertFiniteState(state: TrainingState, step: number): Promise<void> {
  for (const [name, variable] of Object.entries(state.named())) {
    const values = await variable.data();
    const at = values.findIndex((value) => !Number.isFinite(value));
    if (at < 0) continue;
    throw new NonFiniteError(
      `fit: ${name} (${variable.name}) holds ${values[at]} at step ${step}; ${wayOut}`,
      name,
      step,
    );
  }
}
