import {
  DisposedError,
  RandomStream,
  type MetricResult,
  type RoleId,
  type SampleBatch,
} from '@dist-gan/core';
import { installSecondOrderGradients } from '@dist-gan/gradients';
import { assertFiniteLosses, assertFiniteState } from './evaluation/assert-finite.js';
import { evaluate } from './evaluation/evaluate.js';
import { createSampler } from './evaluation/sampler.js';
import {
  createCompiledExecutor,
  createEagerExecutor,
  type Executor,
  type ExecutorId,
  type ExecutorOptions,
} from './executor/index.js';
import { resolveFitOptions, type FitOptions } from './fit-options.js';
import { inputLayout } from './inputs/input-layout.js';
import { drawLatents } from './inputs/latents.js';
import { stepInputs } from './inputs/step-inputs.js';
import {
  buildNetworks,
  disposeNetworks,
  trainableWeights,
  type Networks,
} from './networks/build-networks.js';
import { pauses } from './pauses.js';
import { createTrainingState } from './step/training-state.js';
import { createTrainingStep } from './step/training-step.js';

export interface TrainingResult {
  /** Training steps finished. */
  readonly step: number;
  /** `aborted`: the signal ended the run before its last step. */
  readonly outcome: 'completed' | 'aborted';
  /** Wall-clock seconds from the first step to the end of the last evaluation. */
  readonly seconds: number;
  /** Over the time spent in training steps: without evaluations and callbacks. */
  readonly stepsPerSecond: number;
  readonly executor: ExecutorId;
  /** Of the last evaluation; empty without one. */
  readonly results: readonly MetricResult[];
  /** The trained networks, by role. They belong to this result and are freed by {@link dispose}. */
  readonly networks: Networks;
  /**
   * Samples of the trained generator.
   *
   * @param latents latents `[count, dimension]`, row-major; or how many samples to make from fresh latents, which
   *   continue a stream of their own from call to call
   */
  generate(latents: Float32Array | number): Promise<SampleBatch>;
  /** Frees the networks and everything else that the run made. */
  dispose(): Promise<void>;
}

/**
 * Trains the networks of a method on a data set.
 *
 * Corrects TensorFlow.js's gradient table first (`installSecondOrderGradients`), once for the whole process: a gradient
 * penalty is wrong without.
 *
 * @throws OptionError when an option is missing, unknown or out of range
 * @throws ShapeError when a network does not fit the data set
 * @throws NonFiniteError as soon as a loss, or at an evaluation a weight, is not finite
 */
export async function fit(given: FitOptions): Promise<TrainingResult> {
  const options = resolveFitOptions(given);
  const { method, architecture, dataset, latents, batchSize, steps, seed, evaluation, callbacks, signal } =
    options;
  const { sampleShape } = dataset;
  const buildClock = stopwatch();
  installSecondOrderGradients();

  const owned: (() => void | Promise<void>)[] = [];
  const dispose = async () => {
    for (const free of owned.splice(0).reverse()) await free();
  };

  try {
    const random = RandomStream.fromSeed(seed);
    const shape = { sampleShape, latentDimension: latents.dimension };
    const networks = buildNetworks(method, architecture, shape, random.derive('weights'));
    owned.push(() => disposeNetworks(networks));
    const state = createTrainingState(method, networks);
    owned.push(() => state.dispose());
    const layout = inputLayout(method, { batchSize, ...shape });
    const inputsAt = stepInputs({ method, dataset, latents, batchSize, steps, random, layout });
    const executor = await createExecutor(options, {
      step: createTrainingStep(method, state, layout),
      state,
      shapes: layout.shapes,
      batchSize,
      latentDimension: latents.dimension,
    });
    owned.push(() => executor.dispose());
    const sample = createSampler({
      executor,
      role: generatorRole(method.roles),
      latents,
      batchSize,
      sampleShape,
    });
    const evaluationLatents =
      evaluation && drawLatents(latents, evaluation.samples, random.derive('evaluation'));
    await callbacks?.onStart?.({
      executor: executor.id,
      steps,
      parameters: countParameters(networks),
      seconds: buildClock(),
    });

    const clock = stopwatch();
    const pause = pauses();
    let secondsInSteps = 0;
    let step = 0;
    let evaluatedAt = -1;
    let results: readonly MetricResult[] = [];

    const runEvaluation = async () => {
      evaluatedAt = step;
      await executor.readState();
      await assertFiniteState(state, step);
      if (!evaluation || !evaluationLatents) return;
      const evaluated = await evaluate(sample, evaluationLatents, evaluation.metrics());
      results = evaluated.results;
      await callbacks?.onEvaluation?.({ step, ...evaluated, seconds: clock() });
    };

    while (step < steps && !signal?.aborted) {
      const stepClock = stopwatch();
      const { feeds, learningRates } = await inputsAt(step);
      const losses = await executor.run(feeds);
      secondsInSteps += stepClock();
      step++;
      assertFiniteLosses(losses, step);
      await callbacks?.onStep?.({ step, losses, learningRates, seconds: clock() });
      if (evaluation && step % evaluation.every === 0) await runEvaluation();
      await pause();
    }
    if (evaluatedAt !== step) await runEvaluation();

    const sampleStream = random.derive('samples');
    return {
      step,
      outcome: step < steps ? 'aborted' : 'completed',
      seconds: clock(),
      stepsPerSecond: step === 0 ? 0 : step / secondsInSteps,
      executor: executor.id,
      results,
      networks,
      async generate(wanted) {
        if (owned.length === 0) throw new DisposedError('the training result');
        return sample(typeof wanted === 'number' ? drawLatents(latents, wanted, sampleStream) : wanted);
      },
      dispose,
    };
  } catch (error) {
    await dispose();
    throw error;
  }
}

function createExecutor(
  { executor, compiler }: FitOptions,
  options: ExecutorOptions,
): Executor | Promise<Executor> {
  return executor === 'eager' ? createEagerExecutor(options) : createCompiledExecutor(options, compiler);
}

/** The role that samples come from: `generator`, or the first one of that kind. */
function generatorRole(roles: FitOptions['method']['roles']): RoleId {
  const generators = roles.filter(({ kind }) => kind === 'generator').map(({ id }) => id);
  return generators.includes('generator') ? 'generator' : generators[0];
}

function countParameters(networks: Networks): Record<RoleId, number> {
  return Object.fromEntries(
    Object.entries(networks).map(([role, network]) => [
      role,
      trainableWeights(network).reduce((sum, { size }) => sum + size, 0),
    ]),
  );
}

/** Seconds since it was made. */
function stopwatch(): () => number {
  const start = performance.now();
  return () => (performance.now() - start) / 1000;
}
