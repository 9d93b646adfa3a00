import { RandomStream } from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import type { LossInput, LossSubject } from './loss-subject.js';

/** Values of every input of a loss, float32 numbers in row-major order. */
export type InputValues = Readonly<Record<string, readonly number[]>>;

export function batchSizeOf(subject: LossSubject): number {
  return subject.batchSize ?? 8;
}

/** Values drawn as the subject says, always the same ones. */
export function drawValues(subject: LossSubject): InputValues {
  const batchSize = batchSizeOf(subject);
  return mapInputs(subject, (input, name) => {
    const random = RandomStream.fromSeed(1).derive('loss').derive(name);
    if (input === 'logits') return [...random.normal(batchSize, { standardDeviation: 2 })];
    const [low, high] = input.range ?? [-1, 1];
    return [...random.uniform(batchSize * sampleSize(input), { low, high })];
  });
}

/** The drawn values with every row moved to another place, the same place in every input. */
export function permuteRows(subject: LossSubject, values: InputValues): InputValues {
  const batchSize = batchSizeOf(subject);
  const order = RandomStream.fromSeed(2).derive('order').permutation(batchSize);
  return mapInputs(subject, (input, name) => {
    const size = sampleSize(input);
    return [...order].flatMap((row) => values[name].slice(row * size, (row + 1) * size));
  });
}

/** Every combination of all logits at -80 and all logits at 80, the other inputs as drawn. */
export function extremeValues(subject: LossSubject): InputValues[] {
  const drawn = drawValues(subject);
  const names = Object.keys(subject.inputs).filter((name) => subject.inputs[name] === 'logits');
  return Array.from({ length: names.length === 0 ? 0 : 2 ** names.length }, (_, combination) => ({
    ...drawn,
    ...Object.fromEntries(
      names.map((name, bit) => [name, drawn[name].map(() => ((combination >> bit) % 2 === 0 ? -80 : 80))]),
    ),
  }));
}

/** Tensors of these values. The caller disposes them. */
export function toTensors(
  subject: LossSubject,
  values: InputValues,
  logitsRank: 1 | 2 = 2,
): Record<string, tf.Tensor> {
  const batchSize = batchSizeOf(subject);
  return mapInputs(subject, (input, name) => {
    const sampleShape = input === 'logits' ? [1].slice(0, logitsRank - 1) : input.sampleShape;
    return tf.tensor(Float32Array.from(values[name]), [batchSize, ...sampleShape]);
  });
}

function mapInputs<Value>(
  subject: LossSubject,
  map: (input: LossInput, name: string) => Value,
): Record<string, Value> {
  return Object.fromEntries(Object.entries(subject.inputs).map(([name, input]) => [name, map(input, name)]));
}

function sampleSize(input: LossInput): number {
  return input === 'logits' ? 1 : input.sampleShape.reduce((product, length) => product * length, 1);
}
