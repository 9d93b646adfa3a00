import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import { describeChecks, type Check } from '../check.js';
import { expectClose } from '../close.js';
import { forbidReads } from '../forbid-reads.js';
import { centralDifferences, evaluateGradients, evaluateLoss } from './evaluate-loss.js';
import {
  batchSizeOf,
  drawValues,
  extremeValues,
  permuteRows,
  toTensors,
  type InputValues,
} from './loss-inputs.js';
import type { LossSubject } from './loss-subject.js';

/** Tests a loss; see {@link lossChecks} for what is tested. Call it at the top level of a test file. */
export function describeLoss<Name extends string>(title: string, subject: LossSubject<Name>): void {
  describeChecks(title, lossChecks(subject));
}

/** Everything that must be true of a loss, as functions that throw when it is not. */
export function lossChecks<Name extends string>(given: LossSubject<Name>): Check[] {
  const subject = given as unknown as LossSubject;
  const takesLogits = Object.values(subject.inputs).includes('logits');
  return [
    { name: 'is a scalar', run: () => checkScalar(subject) },
    { name: 'is a pure function of its inputs', run: () => checkPurity(subject) },
    ...(takesLogits
      ? [
          { name: 'is finite at logits of +-80', run: () => checkExtremes(subject) },
          { name: 'takes logits of rank 1 and 2', run: () => checkRanks(subject) },
        ]
      : []),
    { name: 'does not depend on the order of the batch', run: () => checkOrder(subject) },
    ...(subject.reference ? [{ name: 'equals its reference', run: () => checkReference(subject) }] : []),
    { name: 'has the gradient that central differences give', run: () => checkGradients(subject) },
    ...(subject.gradientSigns
      ? [{ name: 'pushes its inputs in the right direction', run: () => checkSigns(subject) }]
      : []),
    { name: 'leaves no tensors behind', run: () => checkTensors(subject) },
  ];
}

function checkScalar(subject: LossSubject): void {
  const shape = tf.tidy(() => subject.loss(toTensors(subject, drawValues(subject))).shape);
  expect(shape, 'shape of the loss').toEqual([]);
}

function checkPurity(subject: LossSubject): void {
  const [first, second] = [1, 2].map(() =>
    tf.tidy(() => {
      const inputs = toTensors(subject, drawValues(subject));
      return forbidReads(() => subject.loss(inputs)).dataSync();
    }),
  );
  expect(second, 'loss computed twice from the same inputs').toEqual(first);
}

function checkExtremes(subject: LossSubject): void {
  for (const values of extremeValues(subject)) {
    const at = placeOf(subject, values);
    expect(evaluateLoss(subject, values), `loss ${at}`).toSatisfy(Number.isFinite, 'is finite');
    for (const [name, gradient] of Object.entries(evaluateGradients(subject, values))) {
      expect(gradient, `gradient of ${name} ${at}`).toSatisfy(allFinite, 'is finite');
    }
  }
}

function checkRanks(subject: LossSubject): void {
  const values = drawValues(subject);
  expectClose(
    [evaluateLoss(subject, values, 1)],
    [evaluateLoss(subject, values, 2)],
    { relative: 1e-6 },
    'loss of logits [batch] beside [batch, 1]',
  );
}

function checkOrder(subject: LossSubject): void {
  const values = drawValues(subject);
  expectClose(
    [evaluateLoss(subject, permuteRows(subject, values))],
    [evaluateLoss(subject, values)],
    { relative: 1e-5, absolute: 1e-6 },
    'loss of the batch in another order',
  );
}

/** The logits of extreme values, in words. */
function placeOf(subject: LossSubject, values: InputValues): string {
  const logits = Object.entries(values).filter(([name]) => subject.inputs[name] === 'logits');
  return `at ${logits.map(([name, [logit]]) => `${name} ${logit}`).join(', ')}`;
}

/** Also at a larger batch, for a loss may divide by a number of its own, and far from 0, where one may clip. */
function checkReference(subject: LossSubject): void {
  const larger = { ...subject, batchSize: 2 * batchSizeOf(subject) };
  const cases: [LossSubject, InputValues, string][] = [
    [subject, drawValues(subject), ''],
    [larger, drawValues(larger), ` of ${larger.batchSize} samples`],
    ...extremeValues(subject).map((values): [LossSubject, InputValues, string] => [
      subject,
      values,
      ` ${placeOf(subject, values)}`,
    ]),
  ];
  for (const [sized, values, where] of cases) {
    expectClose(
      [evaluateLoss(sized, values)],
      [subject.reference!(values)],
      { relative: 1e-5, absolute: 1e-6 },
      `loss${where} beside its reference`,
    );
  }
}

function checkGradients(subject: LossSubject): void {
  const values = drawValues(subject);
  const gradients = evaluateGradients(subject, values);
  // In float64 a small step is exact to about 1e-9. In float32 the step must be large enough for the
  // rounding of the loss itself, 2^-24 of its value, not to drown the difference.
  const float32Step = 2 ** -5;
  const differences = subject.reference
    ? centralDifferences((at) => subject.reference!(at), values, 1e-5)
    : centralDifferences((at) => evaluateLoss(subject, at), values, float32Step);
  const rounding = (4 * 2 ** -24 * Math.abs(evaluateLoss(subject, values))) / float32Step;
  for (const [name, gradient] of Object.entries(gradients)) {
    const largest = Math.max(...differences[name].map(Math.abs));
    const tolerance = subject.reference
      ? { relative: 1e-4, absolute: 1e-6 + 1e-5 * largest }
      : { relative: 1e-2, absolute: 1e-5 + 1e-2 * largest + rounding };
    expectClose(gradient, differences[name], tolerance, `gradient of ${name}`);
  }
}

function checkSigns(subject: LossSubject): void {
  const gradients = evaluateGradients(subject, drawValues(subject));
  for (const [name, sign] of Object.entries(subject.gradientSigns!)) {
    const signs = new Set(gradients[name].map(Math.sign).map((value) => value + 0));
    signs.delete(0);
    const wanted = { negative: [-1], positive: [1], zero: [] }[sign!];
    expect([...signs], `signs of the gradient of ${name}, wanted ${sign}`).toEqual(wanted);
  }
}

function checkTensors(subject: LossSubject): void {
  const before = tf.memory().numTensors;
  evaluateGradients(subject, drawValues(subject));
  expect(tf.memory().numTensors - before, 'tensors left behind by the gradient').toBe(0);
  const inputs = toTensors(subject, drawValues(subject));
  const loss = tf.tidy(() => subject.loss(inputs));
  const after = tf.memory().numTensors - Object.keys(inputs).length;
  tf.dispose([loss]);
  const disposed = Object.keys(inputs).filter((name) => inputs[name].isDisposed);
  tf.dispose(inputs);
  expect(disposed, 'inputs that the loss disposed').toEqual([]);
  expect(after - before, 'new tensors, the loss itself among them').toBe(1);
}

function allFinite(values: number[]): boolean {
  return values.every(Number.isFinite);
}
