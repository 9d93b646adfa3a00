/// <reference lib="esnext.disposable" preserve="true" />
import { DisposedError, OptionError, type RoleId } from '@dist-gan/core';
import { installSecondOrderGradients } from '@dist-gan/gradients';
import { callbackNames, type Callbacks } from './callbacks.js';
import {
  assertResumable,
  resolveFitOptions,
  type FitOptions,
  type ResolvedFitOptions,
} from './fit-options.js';
import { followed, type Training } from './following/training.js';
import { bestOf } from './history/best.js';
import { drawLatents } from './inputs/latents.js';
import { allCallbacks, keptCallbacks } from './keeping/all-callbacks.js';
import { compilerFor } from './keeping/compiler-for.js';
import { planOf } from './keeping/plan-of.js';
import { stopwatch } from './loop/stopwatch.js';
import { TrainingLoop } from './loop/training-loop.js';
import { trainableWeights, type Networks } from './networks/build-networks.js';
import { withClasses } from './networks/classes.js';
import { prepare, type Preparation } from './preparation.js';
import { readTensors } from './step/run-state.js';
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
    const trained = await new TrainingLoop(options, preparation).run();
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
