/// <reference lib="esnext.disposable" preserve="true" />
import { DisposedError, NonFiniteError, OptionError, type MetricResult, type RoleId } from '@dist-gan/core';
import { installSecondOrderGradients } from '@dist-gan/gradients';
import { callbackNames, type Callbacks, type Timing } from './callbacks.js';
import { findNonFinite, wayOut } from './evaluation/find-non-finite.js';
import { evaluate } from './evaluation/evaluate.js';
import {
  assertResumable,
  resolveFitOptions,
  type FitOptions,
  type ResolvedFitOptions,
} from './fit-options.js';
import { allCallbacks, keptCallbacks } from './keeping/all-callbacks.js';
import { compilerFor } from './keeping/compiler-for.js';
import { planOf } from './keeping/plan-of.js';
import { followed, type Training } from './following/training.js';
import { Guarding, type Finding } from './guards/guarding.js';
import { bestOf } from './history/best.js';
import { emptyHistory, updatesBehind } from './history/history.js';
import { measureWeights } from './measurements/measure-weights.js';
import { readTensors, writeTensors, type RunState } from './step/run-state.js';
import { drawLatents, evaluationLatents } from './inputs/latents.js';
import { trainableWeights, type Networks } from './networks/build-networks.js';
import { withClasses } from './networks/classes.js';
import { pauses } from './pauses.js';
import { prepare, type Preparation, type Source } from './preparation.js';
import type { TrainingResult } from './training-result.js';

/**
 * Trains the networks of a method on a data set. What it returns is a promise of the result, and can be followed:
 * `for await (const event of training)`.
 *
 * Corrects TensorFlow.js's gradient table first (`installSecondOrderGradients`), once for the whole process: a gradient
 * penalty is wrong without.
 *
 * @throws OptionError when an option is missing, unknown or out of range
 * @throws ShapeError when a network does not fit the data set
 * @throws NonFiniteError as soon as a loss or a weight is not finite, unless a guard can go back to an earlier state
 */
export function fit(given: FitOptions): Training {
  return followed(async (following, left) => {
    const options = resolveFitOptions(given);
    const { callbacks, signal } = options;
    return fitKept({
      ...options,
      callbacks: allCallbacks<Callbacks>(callbackNames, [callbacks, following]),
      signal: signal === undefined ? left : AbortSignal.any([signal, left]),
    });
  });
}

async function fitKept(options: ResolvedFitOptions): Promise<TrainingResult> {
  const { run, callbacks } = options;
  if (run === undefined) return fitOnce(options);
  try {
    const resume = await run.begin(planOf(options));
    return await fitOnce({
      ...options,
      compiler: compilerFor(options.compiler, run),
      callbacks: keptCallbacks<Callbacks>(callbackNames, run.callbacks, callbacks),
      findState: (step) => run.findState?.(step) ?? options.findState?.(step),
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
    const { resume } = options;
    const best = resume && bestOf(resume.history, options.best);
    await options.callbacks?.onStart?.({
      executor: preparation.executor.id,
      engine: preparation.executor.engine,
      steps: options.steps,
      step: resume?.step ?? 0,
      ...(best?.metric !== undefined && best.step === resume!.step && { improved: best.metric }),
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
        const { step, seconds, history } = trained;
        return { step, seconds, history, tensors: await readTensors(preparation.state) };
      },
      dispose,
      [Symbol.asyncDispose]: dispose,
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
  'step' | 'outcome' | 'seconds' | 'stepsPerSecond' | 'results' | 'rawResults' | 'history'
>;

/** The loop. */
async function train(options: ResolvedFitOptions, preparation: Preparation): Promise<Trained> {
  const { steps, latents, evaluation, callbacks, signal, resume, batchSize } = options;
  const { executor, state, networks, inputsAt, stepAt, generator, raw, reconstruct, random, judging } =
    preparation;
  const sitting = stopwatch();
  const clock = () => (resume?.seconds ?? 0) + sitting();
  const timing = { inputs: 0, steps: 0, evaluations: 0, callbacks: 0 };
  const spent = async <Result>(on: keyof Timing, work: () => Result | Promise<Result>): Promise<Result> => {
    const time = stopwatch();
    try {
      return await work();
    } finally {
      timing[on] += time();
    }
  };
  const pause = pauses();
  const firstStep = resume?.step ?? 0;
  const guarding = new Guarding(
    options.guards,
    { ranking: options.best, findState: options.findState, resumed: resume },
    resume?.history ?? emptyHistory,
  );
  let step = firstStep;
  let evaluatedAt = -1;
  let stopped = false;
  /** Whether the weights are no longer those of the last evaluation. */
  let isOutdated = false;
  let results: readonly MetricResult[] = [];
  let rawResults: readonly MetricResult[] | undefined;

  const readState = async (): Promise<RunState> => {
    await executor.readState();
    return { step, seconds: clock(), history: guarding.history, tensors: await readTensors(state) };
  };

  /** Does what guards want done, of a quantity that is not finite or of anything else. @returns whether the weights are no longer those that they spoke of, or training is over */
  const settle = async (found: readonly Finding[], nonFinite?: string): Promise<boolean> => {
    let changed = false;
    for (const finding of found) {
      // What was wrong is gone with the weights that it was wrong with; and a run ends once.
      if ((changed || stopped) && finding.guard.policy !== 'warn') continue;
      const { restored, ...verdict } = await guarding.decide(finding, step);
      if (verdict.action !== 'warned') changed = true;
      if (restored !== undefined) {
        writeTensors(state, restored.tensors);
        await executor.writeState();
      }
      if (verdict.action === 'stopped') {
        stopped = true;
        if (finding.guard.id === 'non-finite' && restored === undefined) {
          throw new NonFiniteError(`fit: ${finding.reason} at step ${step}; ${wayOut}`, nonFinite!, step);
        }
      }
      await spent('callbacks', () => callbacks?.onGuard?.({ ...verdict, seconds: clock() }));
    }
    return changed;
  };

  /** The same of what was found at an evaluation. */
  const settleEvaluation = async (found: readonly Finding[], nonFinite?: string): Promise<void> => {
    const isChanged = await settle(found, nonFinite);
    isOutdated = isChanged && guarding.history.interventions.at(-1)!.restoredStep !== undefined;
  };

  const measure = async () => {
    const fixedLatents = withClasses(evaluationLatents(latents, evaluation!.samples, random), {
      dimension: latents.dimension,
      classes: preparation.classes,
    });
    const evaluateOne = async ({ network, sample, protocol }: Source) => ({
      ...(await evaluate(sample, fixedLatents, evaluation!.metrics(), protocol)),
      generator: network,
    });
    const evaluated = await evaluateOne(generator);
    const ofRaw = raw && (await evaluateOne(raw));
    results = evaluated.results;
    rawResults = ofRaw?.results;
    return { evaluated, ofRaw };
  };

  const evaluateNow = async () => {
    evaluatedAt = step;
    await executor.readState();
    const wrong = await findNonFinite(state);
    if (wrong !== undefined) {
      await settleEvaluation(guarding.of('non-finite', wrong.reason), wrong.name);
      return;
    }
    if (evaluation === undefined) return;
    const { evaluated, ofRaw, measurements, found } = await spent('evaluations', async () => {
      const { evaluated, ofRaw } = await measure();
      const { samples, results } = evaluated;
      const norms = await measureWeights(networks, options.measure);
      const isScheduled = step > 0 && step % evaluation.every === 0;
      const kind = isScheduled ? 'scheduled' : step < steps && !stopped ? 'interrupted' : 'last';
      const judged = await guarding.ofEvaluation({ step, samples, results, ...judging }, norms, kind);
      return { evaluated, ofRaw, ...judged };
    });
    await settleEvaluation(found);
    const improved = await guarding.rank(step, readState);
    await spent('callbacks', () =>
      callbacks?.onEvaluation?.({
        step,
        ...evaluated,
        measurements,
        ...(improved !== undefined && { improved }),
        ...(ofRaw !== undefined && { raw: ofRaw }),
        ...(reconstruct !== undefined && { reconstruct: (samples) => reconstruct(samples) }),
        seconds: clock(),
        state: readState,
      }),
    );
  };

  try {
    while (step < steps && !stopped && !signal?.aborted) {
      const { feeds, learningRates } = await spent('inputs', () =>
        inputsAt(step, updatesBehind(step, guarding.history.interventions)),
      );
      const numbers = await spent('steps', () => executor.run(feeds, stepAt(step)));
      step++;
      const { losses, weightSums, gradientNorms } = numbers;
      const found = guarding.ofStep({ step, losses, weightSums });
      const nonFinite = Object.entries({ ...losses, ...weightSums }).find(
        ([, value]) => !Number.isFinite(value),
      );
      if (!(await settle(found, nonFinite?.[0]))) {
        await spent('callbacks', () =>
          callbacks?.onStep?.({
            step,
            losses,
            learningRates,
            measurements: mapKeys(gradientNorms, (phase) => `gradient-norm/${phase}`),
            timing: { ...timing },
            samplesPerSecond: (batchSize * (step - firstStep)) / (timing.inputs + timing.steps),
            seconds: clock(),
            state: readState,
          }),
        );
      }
      if (!stopped && evaluation !== undefined && step % evaluation.every === 0) await evaluateNow();
      await pause();
    }
    if (evaluatedAt !== step) await evaluateNow();
    // A run that ends with an earlier state tells the numbers of that one.
    if (isOutdated && evaluation !== undefined) await measure();
  } catch (error) {
    await callbacks?.onFailure?.({ error, step, state: readState });
    throw error;
  }

  return {
    step,
    outcome: stopped ? 'stopped' : step < steps ? 'aborted' : 'completed',
    seconds: clock(),
    stepsPerSecond: step === firstStep ? 0 : (step - firstStep) / (timing.inputs + timing.steps),
    results,
    history: guarding.history,
    ...(rawResults !== undefined && { rawResults }),
  };
}

function mapKeys<Value>(
  values: Readonly<Record<string, Value>>,
  change: (key: string) => string,
): Record<string, Value> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [change(key), value]));
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
    const { dimension } = latents;
    return sample(
      withClasses(drawLatents(latents, wanted, stream), { dimension, classes: preparation.classes }),
    );
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
