import { OptionError, type ComputingStage, type StageTensors } from '@dist-gan/core';
import {
  largestSobolDimension,
  solveTransport,
  solveTransportExactly,
  type BrenierPotential,
  type TransportState,
} from '@dist-gan/transport';
import type { ResolvedAeOtOptions } from './ae-ot-options.js';
import { scaledCodes } from './scaled-codes.js';

/** How often an unfinished transport is kept, in seconds. */
const secondsBetweenSaves = 30;

/**
 * In two dimensions: the most codes whose transport is solved exactly, whose steps cost the square of their number, 2.5 s for so
 * many. That of more is found as in more dimensions, and can be resumed.
 */
const mostSolvedExactly = 10_000;

/** The heights of the potential: `heights`, one for each code. */
export function transportStage({
  tolerance,
  transportSteps,
  maximumSamples,
}: Pick<ResolvedAeOtOptions, 'tolerance' | 'transportSteps' | 'maximumSamples'>): ComputingStage {
  return {
    name: 'transport',
    options: { tolerance, transportSteps, maximumSamples: maximumSamples ?? null },
    check({ latentDimension }) {
      if (latentDimension <= largestSobolDimension) return;
      throw new OptionError(
        `ae-ot: latents of ${latentDimension} numbers have no transport map here: its cells are counted on Sobol points, which have at ` +
          `most ${largestSobolDimension}; lower latentDimension`,
        'latentDimension',
        latentDimension,
      );
    },
    async compute({ tensors, partial, save, report, signal }) {
      const { points, dimension } = scaledCodes(tensors);
      const masses = tensors.masses.data;
      if (dimension === 1 || (dimension === 2 && masses.length <= mostSolvedExactly)) {
        const exact = await solveTransportExactly({
          points,
          dimension,
          masses,
          ...(signal !== undefined && { signal }),
          onProgress: (progress) => report({ ...progress }),
        });
        report({ steps: exact.steps, gradientNorm: exact.gradientNorm });
        return heightsOf(exact.potential);
      }
      let savedAt = performance.now();
      const result = await solveTransport({
        points,
        dimension,
        masses,
        tolerance,
        maximumSteps: transportSteps,
        ...(maximumSamples !== undefined && { maximumSamples }),
        ...(partial !== undefined && { state: toState(partial) }),
        ...(signal !== undefined && { signal }),
        async onProgress(progress, state) {
          report({ ...progress });
          if (performance.now() - savedAt < 1000 * secondsBetweenSaves) return;
          savedAt = performance.now();
          await save(toTensors(state));
        },
      });
      if (result.outcome === 'aborted') {
        await save(toTensors(result.state));
        signal?.throwIfAborted();
      }
      return heightsOf(result.potential);
    },
  };
}

const heightsOf = ({ heights, count }: BrenierPotential): StageTensors => ({
  heights: { shape: [count], data: heights },
});

const vectors = ['heights', 'firstMoment', 'secondMoment'] as const;
const numbers = ['step', 'samples', 'learningRate', 'leastNorm', 'stepsSinceLeast'] as const;

function toTensors(state: TransportState): StageTensors {
  return {
    ...Object.fromEntries(vectors.map((name) => [name, { shape: [state[name].length], data: state[name] }])),
    numbers: { shape: [numbers.length], data: Float64Array.from(numbers, (name) => state[name]) },
  };
}

function toState(tensors: StageTensors): TransportState {
  const values = numbers.map((name, i) => [name, tensors.numbers.data[i]]);
  return Object.fromEntries([
    ...vectors.map((name) => [name, tensors[name].data]),
    ...values,
  ]) as TransportState;
}
