import type { StageTensor } from '@dist-gan/core';
import { emptyHistory } from '../history/history.js';
import type { RunState } from '../step/run-state.js';
import type { StoredStage } from './stage-store.js';

/** Where a stored state says how many steps it has behind it; every other name is one of the state's own. */
const stepName = 'training/step';

/** The state of a training, as a stage store keeps it. */
export function toPartial({ step, tensors }: RunState): StoredStage['tensors'] {
  return {
    // Weights, slots, averages and variables of methods are all float32.
    ...(Object.fromEntries(tensors) as Record<string, StageTensor>),
    [stepName]: { shape: [1], data: Float64Array.of(step) },
  };
}

export function fromPartial({ tensors, seconds }: StoredStage): RunState {
  const { [stepName]: step, ...state } = tensors;
  // A stage is neither evaluated nor guarded.
  return { step: step.data[0], seconds, history: emptyHistory, tensors: new Map(Object.entries(state)) };
}
