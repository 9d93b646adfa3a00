import * as tf from '@tensorflow/tfjs-core';
import {
  installSecondOrderGradients,
  secondOrderGradientsInstalled,
  uninstallSecondOrderGradients,
} from '../registry/install.js';
import { disposeAbandonedTape } from '../guard/abandoned-tape.js';
import { operationChecks } from './checks/index.js';
import type { OperationCheck } from './operation-check.js';
import { type Derivatives, createProbe, referenceDerivatives, tensorDerivatives } from './probe-network.js';

export type GradientStatus = 'right' | 'wrong' | 'throws';

/** The value of one operation, or one order of its derivatives. */
export interface OrderCheck {
  readonly status: GradientStatus;
  /** Largest difference from the float64 numbers over their largest entry; null where it throws. */
  readonly error: number | null;
  /** What was thrown, where it throws. */
  readonly message?: string;
}

/** One line of the doctor's table. */
export interface GradientCheck {
  readonly operation: string;
  /** What the operation itself gives. */
  readonly value: OrderCheck;
  readonly firstOrder: OrderCheck;
  readonly secondOrder: OrderCheck;
  readonly thirdOrder: OrderCheck;
  /** The largest error of the value and of the orders that did not throw; null where all throw. */
  readonly maximumError: number | null;
  /** The worst of the four. */
  readonly status: GradientStatus;
}

/**
 * How far float32 may be from float64, relative to the largest entry. Chosen by us, 20 times and more
 * above what the CPU backend shows and far below any wrong gradient seen (1e-2 and more).
 */
export const gradientTolerances = Object.freeze({
  value: 1e-5,
  firstOrder: 1e-5,
  secondOrder: 1e-4,
  thirdOrder: 1e-3,
});

/**
 * Compares every operation in the table with code in float64 that does not use TensorFlow.js: its value, and its
 * gradients at orders one, two and three, with nested central differences. Runs on the current backend.
 *
 * The gradients that were in place before are in place again afterwards.
 *
 * @param options.stock true looks at TensorFlow.js as it is installed, without our corrections.
 * @returns one line per operation, in a fixed order.
 * @throws GradientError (GRADIENT_UNSUPPORTED) when TensorFlow.js has no gradients registered.
 */
export async function checkSecondOrderGradients({ stock = false }: { stock?: boolean } = {}): Promise<
  GradientCheck[]
> {
  const wasInstalled = secondOrderGradientsInstalled();
  // The gradients are exchanged only while tensors are computed, never across an await.
  const outcomes = withGradients(stock, wasInstalled, () => operationChecks.map(computeDerivatives));
  const results: GradientCheck[] = [];
  for (const [index, check] of operationChecks.entries()) {
    results.push(await compare(check, outcomes[index]));
  }
  return results;
}

function withGradients<T>(stock: boolean, wasInstalled: boolean, body: () => T): T {
  if (stock) uninstallSecondOrderGradients();
  else installSecondOrderGradients();
  try {
    return body();
  } finally {
    if (wasInstalled) installSecondOrderGradients();
    else uninstallSecondOrderGradients();
  }
}

type Outcome = tf.Tensor1D | Error;

function computeDerivatives(check: OperationCheck): Derivatives<Outcome> {
  const derivatives = tensorDerivatives(createProbe(check));
  return {
    value: attempt(derivatives.value),
    first: attempt(derivatives.first),
    second: attempt(derivatives.second),
    third: attempt(derivatives.third),
  };
}

function attempt(compute: () => tf.Tensor1D): Outcome {
  try {
    return tf.tidy(compute);
  } catch (error) {
    disposeAbandonedTape();
    return error instanceof Error ? error : new Error(String(error));
  }
}

async function compare(check: OperationCheck, outcomes: Derivatives<Outcome>): Promise<GradientCheck> {
  const expected = referenceDerivatives(createProbe(check));
  const value = await compareOrder(outcomes.value, expected.value, gradientTolerances.value);
  const firstOrder = await compareOrder(outcomes.first, expected.first, gradientTolerances.firstOrder);
  const secondOrder = await compareOrder(outcomes.second, expected.second, gradientTolerances.secondOrder);
  const thirdOrder = await compareOrder(outcomes.third, expected.third, gradientTolerances.thirdOrder);
  const orders = [value, firstOrder, secondOrder, thirdOrder];
  const errors = orders.flatMap(({ error }) => (error === null ? [] : [error]));
  return {
    operation: check.operation,
    value,
    firstOrder,
    secondOrder,
    thirdOrder,
    maximumError: errors.length > 0 ? Math.max(...errors) : null,
    status: (['wrong', 'throws', 'right'] as const).find((status) =>
      orders.some((order) => order.status === status),
    )!,
  };
}

async function compareOrder(
  outcome: Outcome,
  expected: Float64Array,
  tolerance: number,
): Promise<OrderCheck> {
  if (outcome instanceof Error) return { status: 'throws', error: null, message: outcome.message };
  const actual = await outcome.data();
  outcome.dispose();
  const scale = Math.max(...expected.map(Math.abs));
  if (actual.length !== expected.length) return { status: 'wrong', error: Infinity };
  const differences = expected.map((number, index) => Math.abs(number - actual[index]));
  const error = Math.max(...differences) / (scale > 0 ? scale : 1);
  return { status: error <= tolerance ? 'right' : 'wrong', error };
}
