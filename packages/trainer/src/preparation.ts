import { RandomStream, type NetworkKind, type RoleId } from '@dist-gan/core';
import { createAugmenters } from './augmentation/augmenter.js';
import { createSampler, type Sampler } from './evaluation/sampler.js';
import { createCompiledExecutor, createEagerExecutor, type Executor } from './executor/index.js';
import type { ResolvedFitOptions } from './fit-options.js';
import { inputLayout } from './inputs/input-layout.js';
import { stepInputs, type StepInputs } from './inputs/step-inputs.js';
import { buildNetworks, disposeNetworks, type Networks } from './networks/build-networks.js';
import { createTrainingState, type TrainingState } from './step/training-state.js';
import { createTrainingStep } from './step/training-step.js';

/** Everything that a run needs, built and compiled, before its first step. */
export interface Preparation {
  readonly networks: Networks;
  readonly state: TrainingState;
  readonly executor: Executor;
  /** Latents to samples. */
  readonly sample: Sampler;
  /** Samples to samples, through an encoder and the generator; missing where the method has no encoder. */
  readonly reconstruct?: Sampler;
  /** What step `step`, counted from 0, is fed. */
  readonly inputsAt: (step: number) => Promise<StepInputs>;
  /** The run's root stream. */
  readonly random: RandomStream;
  readonly disposed: boolean;
  /** Frees everything; a second call does nothing. */
  readonly dispose: () => Promise<void>;
}

export async function prepare(options: ResolvedFitOptions): Promise<Preparation> {
  const { method, architecture, dataset, latents, batchSize, steps, seed } = options;
  const { sampleShape } = dataset;
  const shape = { sampleShape, latentDimension: latents.dimension };
  const random = RandomStream.fromSeed(seed);

  const owned: (() => void | Promise<void>)[] = [];
  const dispose = async () => {
    for (const free of owned.splice(0).reverse()) await free();
  };
  try {
    const networks = buildNetworks(method, architecture, shape, random.derive('weights'));
    owned.push(() => disposeNetworks(networks));
    const state = createTrainingState(method, networks);
    owned.push(() => state.dispose());
    const augmenters = createAugmenters(options.augmentations ?? [], dataset.range);
    const layout = inputLayout(method, { batchSize, augmenters, ...shape });
    const work = {
      step: createTrainingStep(method, state, layout, augmenters),
      state,
      shapes: layout.shapes,
      batchSize,
    };
    const executor =
      options.executor === 'eager'
        ? createEagerExecutor(work)
        : await createCompiledExecutor(work, options.compiler);
    owned.push(() => executor.dispose());
    const generator = generatorRole(options);
    const encoder = roleOf(options, 'encoder');
    return {
      networks,
      state,
      executor,
      sample: createSampler({
        what: 'generate: latents',
        apply: (batch) => executor.apply([generator], batch),
        rowLength: latents.dimension,
        batchSize,
        sampleShape,
      }),
      ...(encoder !== undefined && {
        reconstruct: createSampler({
          what: 'reconstruct: samples',
          apply: (batch) => executor.apply([encoder, generator], batch),
          rowLength: sampleShape.reduce((product, size) => product * size, 1),
          batchSize,
          sampleShape,
        }),
      }),
      inputsAt: stepInputs({ method, dataset, latents, batchSize, steps, random, layout }),
      random,
      get disposed() {
        return owned.length === 0;
      },
      dispose,
    };
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** The role that samples come from: `generator`, or the first one of that kind. Every method has one. */
export function generatorRole(options: Pick<ResolvedFitOptions, 'method'>): RoleId {
  return roleOf(options, 'generator')!;
}

/** The role that has the name of a kind, or else the first one of that kind. */
function roleOf({ method }: Pick<ResolvedFitOptions, 'method'>, kind: NetworkKind): RoleId | undefined {
  const ids = method.roles.filter((role) => role.kind === kind).map(({ id }) => id);
  return ids.includes(kind) ? kind : ids[0];
}
