import { NonFiniteError, ShapeError } from '@dist-gan/core';

/** All that the scheme knows between two steps. Going on from it gives the numbers of an uninterrupted run, bit for bit. */
export interface TransportState {
  /** Steps finished. */
  readonly step: number;
  /** Sobol samples in use. */
  readonly samples: number;
  readonly learningRate: number;
  readonly heights: Float64Array;
  /** Moving average of the gradient. */
  readonly firstMoment: Float64Array;
  /** Moving average of its square. */
  readonly secondMoment: Float64Array;
  /** The least norm of the gradient since the samples last doubled; infinite before the first step. */
  readonly leastNorm: number;
  /** Steps since then. */
  readonly stepsSinceLeast: number;
}

export function initialState(heights: Float64Array, samples: number, learningRate: number): TransportState {
  return {
    step: 0,
    samples,
    learningRate,
    heights,
    firstMoment: new Float64Array(heights.length),
    secondMoment: new Float64Array(heights.length),
    leastNorm: Infinity,
    stepsSinceLeast: 0,
  };
}

/** A copy that later steps do not change. */
export function copyState(state: TransportState): TransportState {
  return {
    ...state,
    heights: state.heights.slice(),
    firstMoment: state.firstMoment.slice(),
    secondMoment: state.secondMoment.slice(),
  };
}

/** @throws ShapeError the state is of other points; NonFiniteError it holds a NaN */
export function assertState(state: TransportState, count: number): void {
  if (!Number.isFinite(state.learningRate)) {
    throw new NonFiniteError(
      `solveTransport.state: learningRate is ${state.learningRate}; go on with a state that solveTransport gave`,
      'state/learningRate',
    );
  }
  for (const name of ['heights', 'firstMoment', 'secondMoment'] as const) {
    const values = state[name];
    if (values?.length !== count) {
      throw new ShapeError(
        `solveTransport.state: ${name} has ${values?.length ?? 'no'} numbers, but there are ${count} points; a state ` +
          'goes on with the points that it began with',
        `state.${name}`,
        [values?.length ?? null],
        `[${count}]`,
      );
    }
    if (values.some((value) => !Number.isFinite(value))) {
      throw new NonFiniteError(
        `solveTransport.state: ${name} holds a number that is not finite`,
        `state/${name}`,
      );
    }
  }
}
