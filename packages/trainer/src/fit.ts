import { DisposedError, OptionError, type MetricResult, type RoleId, type SampleBatch } from '@dist-gan/core';
import { installSecondOrderGradients } from '@dist-gan/gradients';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { assertFiniteLosses, assertFiniteState } from './evaluation/assert-finite.js';
import { evaluate } from './evaluation/evaluate.js';
import type { EngineDescription, ExecutorId } from './executor/index.js';
import {
  assertResumable,
  resolveFitOptions,
  type FitOptions,
  type ResolvedFitOptions,
} from './fit-options.js';
import { allCallbacks } from './keeping/all-callbacks.js';
import { planOf } from './keeping/run-keeper.js';
import { readTensors, type RunState } from './step/run-state.js';
import { drawLatents, evaluationLatents } from './inputs/latents.js';
import { trainableWeights, type Networks } from './networks/build-networks.js';
import { pauses } from './pauses.js';
import { prepare, type Preparation, type Source } from './preparation.js';

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
  /** What ran a compiled step; missing in eager runs. */
  readonly engine?: EngineDescription;
  /** Of the last evaluation; empty without one. */
  readonly results: readonly MetricResult[];
  /** Where the run keeps a moving average: the same of the generator that was trained. */
  readonly rawResults?: readonly MetricResult[];
  /** The trained networks, by role. They belong to this result and are freed by {@link dispose}. */
  readonly networks: Networks;
  /** What {@link generate} samples: the moving average where the run keeps one, or else the trained generator. */
  readonly generator: LayersModel;
  /**
   * Samples of {@link generator}.
   *
   * @param latents latents `[count, dimension]`, row-major; or how many samples to make from fresh latents, which
   *   continue a stream of their own from call to call
   */
  generate(latents: Float32Array | number): Promise<SampleBatch>;
  /** Reads the state after the last step, to go on from it later; until {@link dispose}. */
  state(): Promise<RunState>;
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
  const { run, callbacks } = options;
  if (run === undefined) return fitOnce(options);
  try {
    const resume = await run.begin(planOf(options));
    return await fitOnce({
      ...options,
      callbacks: allCallbacks([run.callbacks, callbacks]),
      ...(resume !== undefined && { resume }),
    });
  } finally {
    await run.close();
  }
}

async function fitOnce(options: ResolvedFitOptions): Promise<TrainingResult> {
  assertResumable(options);
  const clock = stopwatch();
  installSecondOrderGradients();
  const preparation = await prepare(options);
  try {
    await options.callbacks?.onStart?.({
      executor: preparation.executor.id,
      engine: preparation.executor.engine,
      steps: options.steps,
      step: options.resume?.step ?? 0,
      parameters: countParameters(preparation.networks),
      seconds: clock(),
    });
    const trained = await train(options, preparation);
    const { networks, executor, dispose } = preparation;
    const result = {
      ...trained,
      executor: executor.id,
      engine: executor.engine,
      networks,
      generator: preparation.generator.network,
      generate: generate(options, preparation),
      state: async () => {
        if (preparation.disposed) throw new DisposedError('the training result');
        await executor.readState();
        const { step, seconds } = trained;
        return { step, seconds, tensors: await readTensors(preparation.state) };
      },
      dispose,
    };
    await options.callbacks?.onEnd?.(result);
    return result;
  } catch (error) {
    await preparation.dispose();
    throw error;
  }
}

type Trained = Pick<
  TrainingResult,
  'step' | 'outcome' | 'seconds' | 'stepsPerSecond' | 'results' | 'rawResults'
>;

/** The loop. */
async function train(options: FitOptions, preparation: Preparation): Promise<Trained> {
  const { steps, latents, evaluation, callbacks, signal, resume } = options;
  const { executor, state, inputsAt, generator, raw, reconstruct, random } = preparation;
  const sitting = stopwatch();
  const clock = () => (resume?.seconds ?? 0) + sitting();
  const pause = pauses();
  const firstStep = resume?.step ?? 0;
  let secondsInSteps = 0;
  let step = firstStep;
  let evaluatedAt = -1;
  let results: readonly MetricResult[] = [];
  let rawResults: readonly MetricResult[] | undefined;

  const readState = async (): Promise<RunState> => {
    await executor.readState();
    return { step, seconds: clock(), tensors: await readTensors(state) };
  };

  const evaluateNow = async () => {
    evaluatedAt = step;
    await executor.readState();
    await assertFiniteState(state, step);
    if (evaluation === undefined) return;
    const fixedLatents = evaluationLatents(latents, evaluation.samples, random);
    const evaluateOne = async ({ network, sample, protocol }: Source) => ({
      ...(await evaluate(sample, fixedLatents, evaluation.metrics(), protocol)),
      generator: network,
    });
    const evaluated = await evaluateOne(generator);
    const ofRaw = raw && (await evaluateOne(raw));
    results = evaluated.results;
    rawResults = ofRaw?.results;
    await callbacks?.onEvaluation?.({
      step,
      ...evaluated,
      ...(ofRaw !== undefined && { raw: ofRaw }),
      ...(reconstruct !== undefined && { reconstruct: (samples) => reconstruct(samples) }),
      seconds: clock(),
      state: readState,
    });
  };

  try {
    while (step < steps && !signal?.aborted) {
      const stepClock = stopwatch();
      const { feeds, learningRates } = await inputsAt(step);
      const losses = await executor.run(feeds);
      secondsInSteps += stepClock();
      step++;
      assertFiniteLosses(losses, step);
      await callbacks?.onStep?.({ step, losses, learningRates, seconds: clock(), state: readState });
      if (evaluation !== undefined && step % evaluation.every === 0) await evaluateNow();
      await pause();
    }
    if (evaluatedAt !== step) await evaluateNow();
  } catch (error) {
    await callbacks?.onFailure?.({ error, step, state: readState });
    throw error;
  }

  return {
    step,
    outcome: step < steps ? 'aborted' : 'completed',
    seconds: clock(),
    stepsPerSecond: step === firstStep ? 0 : (step - firstStep) / secondsInSteps,
    results,
    ...(rawResults !== undefined && { rawResults }),
  };
}

function generate({ latents }: FitOptions, preparation: Preparation): TrainingResult['generate'] {
  const stream = preparation.random.derive('samples');
  return async (wanted) => {
    if (preparation.disposed) throw new DisposedError('the training result');
    const { sample } = preparation.generator;
    if (typeof wanted !== 'number') return sample(wanted);
    if (!Number.isSafeInteger(wanted) || wanted < 1) {
      throw new OptionError(
        `generate: the number of samples must be a whole number of at least 1, got ${wanted}`,
        'count',
        wanted,
      );
    }
    return sample(drawLatents(latents, wanted, stream));
  };
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
