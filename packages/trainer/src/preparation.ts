import {
  OptionError,
  RandomStream,
  type JsonObject,
  type Method,
  type NetworkKind,
  type Role,
  type SampleBatch,
} from '@dist-gan/core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { augmentationProbability } from './augmentation/adaptive-probability.js';
import { createAugmenters, type Augmenters } from './augmentation/augmenter.js';
import { createSampler, type Sampler } from './evaluation/sampler.js';
import { createCompiledExecutor, createEagerExecutor, type Executor } from './executor/index.js';
import type { ResolvedFitOptions } from './fit-options.js';
import type { EvaluationFacts } from './guards/index.js';
import { readRealSamples } from './inputs/real-samples.js';
import { inputLayout } from './inputs/input-layout.js';
import { stepInputs, type StepInputs } from './inputs/step-inputs.js';
import { buildNetwork, buildNetworks, disposeNetworks, type Networks } from './networks/build-networks.js';
import { classesOf, conditionOf } from './networks/classes.js';
import { writeTensors } from './step/run-state.js';
import { createTrainingState, type MovingAverage, type TrainingState } from './step/training-state.js';
import { stepVariants } from './step/step-variants.js';
import { createTrainingStep, type TrainingStep } from './step/training-step.js';

/** Everything that a run needs, built and compiled, before its first step. */
export interface Preparation {
  readonly networks: Networks;
  readonly state: TrainingState;
  readonly executor: Executor;
  /** What samples of the run come from: the moving average, or else the generator itself. */
  readonly generator: Source;
  /** Where there is a moving average: the generator that is trained. */
  readonly raw?: Source;
  /** How many classes the generator is conditioned on; 0: it is not. */
  readonly classes: number;
  /**
   * Samples to samples, through an encoder and the generator; missing where the method has no encoder. Of networks with classes,
   * samples with their classes behind them, one-hot.
   */
  readonly reconstruct?: Sampler;
  /** What step `step`, counted from 0, is fed. */
  readonly inputsAt: (step: number, updatesBehind: number) => Promise<StepInputs>;
  /** The training step with this number, counted from 0: not everything need happen in each. */
  readonly stepAt: (step: number) => TrainingStep;
  /** What guards learn about samples beside their numbers. */
  readonly judging: Pick<EvaluationFacts, 'real' | 'discriminate'>;
  /** The run's root stream. */
  readonly random: RandomStream;
  readonly disposed: boolean;
  /** Frees everything; a second call does nothing. */
  readonly dispose: () => Promise<void>;
}

/** A network that samples come from. */
export interface Source {
  readonly network: LayersModel;
  /** Latents to samples. */
  readonly sample: Sampler;
  /** What a result's protocol says of it. */
  readonly protocol: JsonObject;
}

export async function prepare(options: ResolvedFitOptions): Promise<Preparation> {
  const { method, architecture, dataset, latents, batchSize, steps, seed, movingAverage } = options;
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
    const role = roleOf(options, 'generator')!;
    let average: MovingAverage | undefined;
    if (movingAverage !== undefined) {
      const network = buildNetwork(role, architecture, shape, random.derive('weights'));
      owned.push(() => void network.dispose());
      network.setWeights(networks[role.id].getWeights());
      average = { role: role.id, network };
    }
    const augmenters = createAugmenters(options.augmentations ?? [], dataset.range);
    const state = createTrainingState(withProbability(method, augmenters), networks, average);
    owned.push(() => state.dispose());
    if (options.resume !== undefined) writeTensors(state, options.resume.tensors);
    const layout = inputLayout(method, {
      batchSize,
      augmenters,
      averaged: average !== undefined,
      classes: conditionOf(options, networks),
      ...shape,
    });
    const gradientNorms = options.measure.includes('gradient-norms');
    const stepAt = stepVariants(method, (isDue) =>
      createTrainingStep(method, state, layout, { augmenters, isDue, gradientNorms }),
    );
    // Everything happens in the first step; in the second what happens in most.
    const work = { steps: [...new Set([stepAt(0), stepAt(1)])], shapes: layout.shapes, batchSize };
    const executor =
      options.executor === 'eager'
        ? createEagerExecutor(work)
        : await createCompiledExecutor(work, options.compiler);
    owned.push(() => executor.dispose());
    const generator = networks[role.id];
    const classes = classesOf(generator);
    const encoder = roleOf(options, 'encoder') ?? roleOf(options, 'gaussian-encoder');
    const sourceOf = (network: LayersModel, protocol: JsonObject): Source => ({
      network,
      sample: createSampler({
        what: 'generate: latents',
        apply: (batch) => executor.apply([network], batch),
        rowLength: latents.dimension + classes,
        batchSize,
        sampleShape,
      }),
      protocol,
    });
    return {
      networks,
      state,
      executor,
      ...(average === undefined
        ? { generator: sourceOf(generator, {}) }
        : {
            generator: sourceOf(average.network, {
              weights: { id: 'moving-average', ...movingAverage },
            }),
            raw: sourceOf(generator, { weights: { id: 'last' } }),
          }),
      classes,
      ...(encoder !== undefined && {
        reconstruct: createSampler({
          what: 'reconstruct: samples',
          apply: (batch) => executor.apply([networks[encoder.id], generator], batch),
          rowLength: sampleShape.reduce((product, size) => product * size, 1) + classes,
          batchSize,
          sampleShape,
        }),
      }),
      inputsAt: stepInputs({
        method,
        dataset,
        latents,
        batchSize,
        steps,
        movingAverage,
        stageTensors: options.stageTensors,
        random,
        layout,
      }),
      stepAt,
      judging: judge(options, networks, executor, random),
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

/** Networks that give the real samples of a batch logits: alone, with their codes, or in sets. */
const judgesReal: ReadonlySet<NetworkKind> = new Set([
  'discriminator',
  'joint-discriminator',
  'recognition-discriminator',
  'set-discriminator',
]);

/**
 * The method with the variable of augmentations that adapt, where there are any.
 *
 * @throws OptionError when there is nothing that they could adapt to
 */
function withProbability(method: Method, { discriminated }: Augmenters): Method {
  if (discriminated?.adapts === undefined) return method;
  if (!method.roles.some(({ kind }) => judgesReal.has(kind))) {
    throw new OptionError(
      `fit.augmentations: one adapts to the logits that a discriminator gives real samples, and ${method.id} has none that does; take one ` +
        'that does not adapt, such as diff-augment',
      'fit.augmentations',
      method.id,
    );
  }
  return { ...method, variables: { ...method.variables, [augmentationProbability]: 0 } };
}

/** Real samples, and a discriminator's logits of samples. */
function judge(
  { method, dataset, batchSize, evaluation }: ResolvedFitOptions,
  networks: Networks,
  executor: Executor,
  random: RandomStream,
): Preparation['judging'] {
  const { sampleShape } = dataset;
  const role = roleOf({ method }, 'discriminator');
  let real: Promise<SampleBatch> | undefined;
  const judging: Preparation['judging'] = {
    real: () => (real ??= readRealSamples(dataset, evaluation!.samples, random.derive('evaluation-real'))),
  };
  if (role === undefined || (role.packing ?? 1) > 1 || classesOf(networks[role.id]) > 0) return judging;
  const logitsOf = createSampler({
    what: 'discriminate: samples',
    apply: (batch) => executor.apply([networks[role.id]], batch),
    rowLength: sampleShape.reduce((product, size) => product * size, 1),
    batchSize,
    sampleShape: [1],
  });
  return { ...judging, discriminate: async ({ data }) => (await logitsOf(data)).data };
}

/** The role that has the name of a kind, or else the first one of that kind. Every method has a generator. */
function roleOf({ method }: Pick<ResolvedFitOptions, 'method'>, kind: NetworkKind): Role | undefined {
  const roles = method.roles.filter((role) => role.kind === kind);
  return roles.find(({ id }) => id === kind) ?? roles[0];
}
