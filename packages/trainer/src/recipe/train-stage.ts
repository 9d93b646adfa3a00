import type { StageContext, StageTensors, TrainingStage } from '@dist-gan/core';
import type { StepEvent } from '../callbacks.js';
import { fit } from '../fit.js';
import type { RecipeOptions } from './recipe-options.js';
import type { StoredStage } from './stage-store.js';
import { startingFrom, weightsOf } from './trained-networks.js';
import { fromPartial, toPartial } from './training-partial.js';

/** How often an unfinished training is kept, in seconds. */
const secondsBetweenSaves = 60;

/** The weights of the stage's roles, or nothing when it was aborted. */
export async function trainStage(
  { name, method, steps }: TrainingStage,
  options: RecipeOptions,
  tensors: StageTensors,
  stored: StoredStage | undefined,
  save: StageContext['save'],
): Promise<StageTensors | undefined> {
  const { architecture, dataset, batchSize, seed, executor, compiler, signal, latentDimension, callbacks } =
    options;
  let savedAt = performance.now();
  const onStep = async (event: StepEvent) => {
    await callbacks?.onStep?.(name, event);
    if (performance.now() - savedAt < 1000 * secondsBetweenSaves) return;
    await save(toPartial(await event.state()));
    savedAt = performance.now();
  };
  const trained = await fit({
    method,
    architecture: startingFrom(architecture, tensors),
    dataset,
    latents: { dimension: latentDimension, distribution: 'normal' },
    batchSize,
    steps,
    seed,
    ...(executor !== undefined && { executor }),
    ...(compiler !== undefined && { compiler }),
    ...(signal !== undefined && { signal }),
    callbacks: {
      async onStart({ engine }) {
        if (engine !== undefined) await callbacks?.onEngine?.(engine);
      },
      onStep,
    },
    stageTensors: tensors,
    ...(stored !== undefined && { resume: fromPartial(stored) }),
  });
  try {
    if (trained.outcome === 'completed') return await weightsOf(trained.networks);
    await save(toPartial(await trained.state()));
    return undefined;
  } finally {
    await trained.dispose();
  }
}
