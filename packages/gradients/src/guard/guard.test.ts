import { GradientError } from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { installSecondOrderGradients, uninstallSecondOrderGradients } from '../registry/install.js';
import { disposeAbandonedTape } from './abandoned-tape.js';
import { trustedCustomGradient } from './custom-gradients.js';

beforeEach(installSecondOrderGradients);
afterEach(uninstallSecondOrderGradients);
afterEach(disposeAbandonedTape);

type Operation = (x: tf.Tensor) => tf.Tensor;

/** d/dx of sum(operation(x)), or of its gradient penalty. */
function gradient(operation: Operation, x: tf.Tensor): tf.Tensor {
  return tf.grad((input: tf.Tensor) => tf.sum(operation(tf.mul(input, 2))))(x);
}

function penaltyGradient(operation: Operation, x: tf.Tensor): tf.Tensor {
  return tf.grad((outer: tf.Tensor) => tf.sum(tf.square(gradient(operation, outer))))(x);
}

function thrownBy(body: () => void): GradientError {
  try {
    tf.tidy(body);
  } catch (error) {
    expect(error).toBeInstanceOf(GradientError);
    return error as GradientError;
  }
  throw new Error('nothing was thrown');
}

describe('a kernel outside the table', () => {
  const volume = () => tf.tensor5d([0.4, -0.3, 0.9, 0.2], [1, 1, 2, 2, 1]);
  const pool: Operation = (x) => tf.avgPool3d(x as tf.Tensor5D, [1, 2, 1], 1, 'valid');

  test('keeps its first-order gradient', () => {
    tf.tidy(() => {
      const [ours, x] = [gradient(pool, volume()), volume()];
      uninstallSecondOrderGradients();
      expect(Array.from(ours.dataSync())).toEqual(Array.from(gradient(pool, x).dataSync()));
    });
  });

  test('is an error that names it inside a penalty', () => {
    const error = thrownBy(() => penaltyGradient(pool, volume()));
    expect(error.code).toBe('GRADIENT_UNSUPPORTED');
    expect(error.kernel).toBe('AvgPool3D');
    expect(error.message).toMatch(/^AvgPool3D is used inside a gradient of a gradient.*compose it/);
  });

  test('is an error that names it when it has no gradient at all', () => {
    const error = thrownBy(() => gradient((x) => tf.cumprod(x), tf.tensor1d([1, 2, 3])));
    expect(error.kernel).toBe('Cumprod');
    expect(error.message).toMatch(/^Cumprod has no gradient/);
  });

  test('may stand beside the way from the input to the loss', () => {
    tf.tidy(() => {
      const constant = tf.slice(tf.cumprod(tf.tensor1d([2, 3])), 0, 1);
      expect(
        Array.from(penaltyGradient((x) => tf.mul(constant, tf.square(x)), tf.tensor1d([1])).dataSync()),
      ).toEqual([
        // y = 2 (2x)^2 = 8 x^2, (dy/dx)^2 = 256 x^2, d/dx = 512 x
        512,
      ]);
    });
  });
});

describe('a custom gradient', () => {
  /** exp with its result saved: the mistake that the guard is for. */
  const savesResult = (x: tf.Tensor) =>
    tf.customGrad((input, save) => {
      const value = tf.exp(input as tf.Tensor);
      (save as tf.GradSaveFunc)([value]);
      return { value, gradFunc: (dy, saved) => tf.mul(dy, saved[0]) };
    })(x);
  /** x^2 with a gradient written in the saved input. */
  const savesInput = trustedCustomGradient((input, save) => {
    (save as tf.GradSaveFunc)([input as tf.Tensor]);
    return { value: tf.square(input as tf.Tensor), gradFunc: (dy, saved) => tf.mul(dy, tf.mul(2, saved[0])) };
  });

  test('trains as before', () => {
    tf.tidy(() => {
      expect(gradient(savesResult, tf.tensor1d([0])).dataSync()[0]).toBe(2);
    });
  });

  test('is an error inside a penalty', () => {
    expect(thrownBy(() => penaltyGradient(savesResult, tf.tensor1d([0.5]))).message).toMatch(
      /^tf.customGrad is used/,
    );
  });

  test('is an error inside a penalty when it was made before the corrected gradients', () => {
    uninstallSecondOrderGradients();
    const early = tf.customGrad((input) => ({ value: tf.square(input as tf.Tensor), gradFunc: (dy) => dy }));
    installSecondOrderGradients();
    expect(thrownBy(() => penaltyGradient((x) => early(x), tf.tensor1d([0.5]))).message).toMatch(
      /^tf.customGrad/,
    );
  });

  test('passes when its author vouches for it', () => {
    tf.tidy(() => {
      // y = (2x)^2, (dy/dx)^2 = 64 x^2, d/dx = 128 x
      expect(penaltyGradient((x) => savesInput(x), tf.tensor1d([0.5])).dataSync()[0]).toBe(64);
    });
  });
});

test('stock custom gradients keep their values', () => {
  tf.tidy(() => {
    const logits = tf.tensor2d([[0.3, -1.2, 80, -80]]);
    const before = tf.logSoftmax(logits).dataSync();
    tf.grad((x: tf.Tensor) => {
      const recorded = tf.logSoftmax(x);
      expect(Array.from(recorded.dataSync())).toEqual(Array.from(before));
      return tf.sum(recorded);
    })(logits);
  });
});
