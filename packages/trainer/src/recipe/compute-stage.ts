import {
  RandomStream,
  type Stage,
  type StageContext,
  type StageTensors,
  type TrainingStage,
} from '@dist-gan/core';
import { applyRole } from './apply-role.js';
import type { RecipeOptions } from './recipe-options.js';
import type { StoredStage } from './stage-store.js';

/** What a stage that computes leaves, or nothing when it was aborted. */
export async function computeStage(
  stage: Exclude<Stage, TrainingStage>,
  options: RecipeOptions,
  tensors: StageTensors,
  stored: StoredStage | undefined,
  save: StageContext['save'],
): Promise<StageTensors | undefined> {
  const { dataset, latentDimension, signal, callbacks, seed } = options;
  const [low, high] = dataset.range;
  try {
    return await stage.compute({
      tensors,
      latentDimension,
      dataSize: dataset.size,
      async samples(indices) {
        const data = await dataset.batch(indices);
        return data instanceof Float32Array
          ? data
          : Float32Array.from(data, (byte) => low + ((high - low) * byte) / 255);
      },
      apply: async (role, rows) => (await applyRole(options, tensors, role, rows)).data,
      random: RandomStream.fromSeed(seed).derive('stages').derive(stage.name),
      ...(stored !== undefined && { partial: stored.tensors }),
      save,
      report: (values) => callbacks?.onReport?.(stage.name, values),
      ...(signal !== undefined && { signal }),
    });
  } catch (error) {
    if (signal?.aborted) return undefined;
    throw error;
  }
}
