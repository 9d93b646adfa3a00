import * as tf from '@tensorflow/tfjs-core';
import { GradientError } from '@dist-gan/core';

/**
 * Whether a gradient that is being computed will itself be differentiated: backward functions of the
 * innermost gradient run after its own tape has closed, so an open tape belongs to an outer gradient.
 */
export function insidePenalty(): boolean {
  return tf.engine().state.gradientDepth > 0;
}

/** @throws GradientError (GRADIENT_UNSUPPORTED) inside a gradient of a gradient. */
export function refuseInsidePenalty(operation: string): void {
  if (!insidePenalty()) return;
  throw new GradientError(
    `${operation} is used inside a gradient of a gradient (a gradient penalty), and its second-order gradient is ` +
      'not proved right; compose it from operations that checkSecondOrderGradients() lists, or keep it outside the penalty',
    operation,
  );
}
