import { GradientError } from '@dist-gan/core';
import type { GradientDefinition } from '../registry/gradient-definitions.js';
import { refuseInsidePenalty } from './inside-penalty.js';

/** The same gradient for ordinary training, an error inside a penalty. */
export function guardedGradient(stock: GradientDefinition): GradientDefinition {
  return {
    ...stock,
    gradFunc: (dy, saved, attributes) => {
      refuseInsidePenalty(stock.kernelName);
      return stock.gradFunc(dy, saved, attributes);
    },
  };
}

/** For a kernel without any gradient: an error that names it, in place of TensorFlow.js's own words. */
export function missingGradient(kernelName: string): GradientDefinition {
  return {
    kernelName,
    gradFunc: () => {
      throw new GradientError(
        `${kernelName} has no gradient, and one was asked for; compose it from operations that ` +
          'checkSecondOrderGradients() lists, or keep it off the way from the variables to the loss',
        kernelName,
      );
    },
  };
}
