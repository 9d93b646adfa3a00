import { CellTracker } from '../cells/cell-tracker.js';
import { defaultEngine } from '../cells/default-engine.js';
import { checkPoints, type TargetPoints } from '../points/check-points.js';
import { centreHeights, type BrenierPotential } from '../potential/brenier-potential.js';
import { sobolPoints } from '../sobol/sobol-points.js';
import {
  resolveSettings,
  resolveTransportOptions,
  type ResolvedSettings,
  type TransportOptions,
} from './options.js';
import type { TransportProgress } from './transport-progress.js';
import { assertState, copyState, initialState, type TransportState } from './transport-state.js';
import { turns } from '../turns.js';

export interface TransportResult {
  readonly potential: BrenierPotential;
  /**
   * - `converged`: the norm of the gradient is below the tolerance
   * - `stalled`: it falls no further with `maximumSamples`
   * - `steps`: `maximumSteps` are done
   * - `aborted`: the signal ended it
   */
  readonly outcome: 'converged' | 'stalled' | 'steps' | 'aborted';
  /** Of the heights in `potential`. Missing when no step was begun. */
  readonly progress?: TransportProgress;
  /** To go on from. */
  readonly state: TransportState;
}

const momentum = 0.9;
const squareDecay = 0.999;
const epsilon = 1e-8;

/**
 * Semi-discrete optimal transport of the uniform measure on [-0.5, 0.5]^dimension to given points: minimises the convex
 *
 *     E(h) = integral of max_i (<x, y_i> + h_i) dx - sum_i nu_i h_i,    dE/dh_i = volume(W_i) - nu_i
 *
 * by Adam without bias correction on the volumes of cells counted on Sobol samples, which double as soon as they no
 * longer help. Starts from heights 0.
 *
 * Memory: about `samples x (4 dimension + 400)` bytes: 138 MB with 2^18 samples in 32 dimensions.
 *
 * @throws OptionError an option is unknown or out of range, or two points are equal
 * @throws ShapeError the points are no whole rows, fewer than dimensions, or not those of the state
 * @throws NonFiniteError a point or a number of the state is NaN or infinite
 * @see An et al., "AE-OT", ICLR 2020; the authors' code, k2cu8/pyOMT 9e0f560 pyOMT_raw.py
 */
export async function solveTransport(given: TransportOptions): Promise<TransportResult> {
  const options = resolveTransportOptions(given);
  const target = checkPoints('solveTransport', given);
  const settings = resolveSettings(options, target);
  if (options.state !== undefined) assertState(options.state, target.count);
  const tracker = new CellTracker(target, given.engine ?? defaultEngine);
  try {
    return await descend(target, settings, given, tracker);
  } finally {
    tracker.dispose();
  }
}

async function descend(
  target: TargetPoints,
  settings: ResolvedSettings,
  { state: from, onProgress, signal }: TransportOptions,
  tracker: CellTracker,
): Promise<TransportResult> {
  const { tolerance, maximumSamples, patience, maximumSteps, learningRateDecay } = settings;
  const started = performance.now();
  const turn = turns(signal);
  let state = copyState(
    from ?? initialState(new Float64Array(target.count), settings.samples, settings.learningRate),
  );
  let progress: TransportProgress | undefined;
  let sampled = 0;
  const finish = (outcome: TransportResult['outcome']): TransportResult => ({
    potential: { ...target, heights: state.heights.slice() },
    outcome,
    ...(progress !== undefined && { progress }),
    state,
  });

  for (;;) {
    if (sampled !== state.samples) {
      tracker.grow(sobolPoints(target.dimension, state.samples, { shift: -0.5 }));
      sampled = state.samples;
    }
    let gradient: Float64Array;
    try {
      await turn();
      gradient = volumeErrors(await tracker.locate(state.heights, turn), target);
    } catch (error) {
      if (signal?.aborted) return finish('aborted');
      throw error;
    }
    progress = measure(gradient, target, state, (performance.now() - started) / 1000);
    await onProgress?.(progress, state);
    const norm = progress.gradientNorm;
    if (norm < tolerance) return finish('converged');
    if (state.step >= maximumSteps) return finish('steps');

    const rate = state.learningRate;
    const better = norm < state.leastNorm;
    let next = {
      ...state,
      step: state.step + 1,
      leastNorm: better ? norm : state.leastNorm,
      stepsSinceLeast: better ? 0 : state.stepsSinceLeast + 1,
    };
    if (next.stepsSinceLeast > patience) {
      if (2 * state.samples > maximumSamples) return finish('stalled');
      next = {
        ...next,
        samples: 2 * state.samples,
        learningRate: state.learningRate * learningRateDecay,
        leastNorm: Infinity,
        stepsSinceLeast: 0,
      };
    }
    state = copyState(next);
    update(state, gradient, rate);
  }
}

/** `dE/dh`: the share of samples in each cell, less the mass of its point. */
function volumeErrors(cells: Int32Array, { masses, count }: TargetPoints): Float64Array {
  const volumes = new Float64Array(count);
  for (const cell of cells) volumes[cell]++;
  for (let i = 0; i < count; i++) volumes[i] = volumes[i] / cells.length - masses[i];
  return volumes;
}

/** One step of Adam without bias correction, in place. */
function update(
  { heights, firstMoment, secondMoment }: TransportState,
  gradient: Float64Array,
  rate: number,
): void {
  for (let i = 0; i < heights.length; i++) {
    firstMoment[i] = momentum * firstMoment[i] + (1 - momentum) * gradient[i];
    secondMoment[i] = squareDecay * secondMoment[i] + (1 - squareDecay) * gradient[i] ** 2;
    heights[i] -= (rate * firstMoment[i]) / (Math.sqrt(secondMoment[i]) + epsilon);
  }
  centreHeights(heights);
}

function measure(
  gradient: Float64Array,
  { masses }: TargetPoints,
  { step, samples }: TransportState,
  seconds: number,
): TransportProgress {
  let [squares, largestError, emptyCells] = [0, 0, 0];
  const nothing = 0.5 / samples;
  for (let i = 0; i < gradient.length; i++) {
    squares += gradient[i] ** 2;
    largestError = Math.max(largestError, Math.abs(gradient[i]) / masses[i]);
    if (gradient[i] + masses[i] < nothing) emptyCells++;
  }
  return { step, samples, gradientNorm: Math.sqrt(squares), largestError, emptyCells, seconds };
}
