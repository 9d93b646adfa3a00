import { RandomStream, type Augmentation } from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import { describeChecks, type Check } from '../check.js';
import { expectClose } from '../close.js';
import { expectDescribedItem } from '../item.js';
import { forbidReads } from '../forbid-reads.js';

/** What an augmentation is tested on. */
export interface AugmentationSubject {
  readonly augmentation: Augmentation;
  /** Shape of one sample, small. */
  readonly sampleShape: readonly number[];
  /** Of the samples' values; default [0, 1]. */
  readonly range?: readonly [low: number, high: number];
}

const batchSize = 6;
/** The largest number of U[0, 1) in float32. */
const almostOne = 1 - 2 ** -24;

/** Tests an augmentation; see {@link augmentationChecks} for what is tested. Call it at the top level of a test file. */
export function describeAugmentation(title: string, subject: AugmentationSubject): void {
  describeChecks(title, augmentationChecks(subject));
}

/** Everything that must be true of an augmentation, as functions that throw when it is not. */
export function augmentationChecks(subject: AugmentationSubject): Check[] {
  const run = new AugmentationRun(subject);
  return [
    { name: 'describes itself', run: () => checkDescription(subject.augmentation) },
    { name: 'keeps the shape of samples', run: () => checkShape(run) },
    { name: 'is finite for the smallest and the largest numbers', run: () => checkExtremes(run) },
    { name: 'is a pure function of samples and numbers', run: () => checkPurity(run) },
    { name: 'changes every sample by its own numbers', run: () => checkIndependence(run) },
    { name: 'changes samples in different ways', run: () => checkVariety(run) },
    ...(subject.augmentation.adapts
      ? [{ name: 'changes nothing at probability 0, all at 1', run: () => checkProbability(run) }]
      : []),
    { name: 'has the gradient that central differences give', run: () => checkGradient(run) },
    { name: 'leaves no tensors behind', run: () => checkTensors(run) },
  ];
}

/** Samples and numbers that are always the same, and the augmentation on them. */
class AugmentationRun {
  readonly samples: Float32Array;
  readonly numbers: Float32Array;
  readonly sampleLength: number;
  readonly numbersPerSample: number;

  constructor(private readonly subject: AugmentationSubject) {
    const random = RandomStream.fromSeed(1).derive('augmentation');
    const [low, high] = this.range;
    this.sampleLength = subject.sampleShape.reduce((product, size) => product * size, 1);
    this.numbersPerSample = subject.augmentation.numbersPerSample;
    this.samples = random.derive('samples').uniform(batchSize * this.sampleLength, { low, high });
    this.numbers = random.derive('numbers').uniform(batchSize * this.numbersPerSample);
  }

  get range(): readonly [number, number] {
    return this.subject.range ?? [0, 1];
  }

  get shape(): number[] {
    return [batchSize, ...this.subject.sampleShape];
  }

  tensors({ samples = this.samples, numbers = this.numbers } = {}): [tf.Tensor, tf.Tensor2D] {
    const count = numbers.length / this.numbersPerSample;
    return [
      tf.tensor(samples, [count, ...this.subject.sampleShape]),
      tf.tensor2d(numbers, [count, this.numbersPerSample]),
    ];
  }

  apply(samples: tf.Tensor, numbers: tf.Tensor2D, probability?: tf.Scalar): tf.Tensor {
    return this.subject.augmentation.apply(samples, numbers, this.range, probability);
  }

  /** The changed samples as numbers. */
  changed(
    given: { samples?: Float32Array; numbers?: Float32Array } = {},
    probability?: number,
  ): Float32Array {
    return tf.tidy(() => {
      const chosen = probability === undefined ? undefined : tf.scalar(probability);
      return this.apply(...this.tensors(given), chosen).dataSync() as Float32Array;
    });
  }
}

function checkDescription(augmentation: Augmentation): void {
  expectDescribedItem(augmentation);
  expect(['real', 'discriminated'], `changes of ${augmentation.id}`).toContain(augmentation.changes);
  const { numbersPerSample } = augmentation;
  expect(
    Number.isInteger(numbersPerSample) && numbersPerSample > 0,
    `numbersPerSample (${numbersPerSample}) is 1 or more`,
  ).toBe(true);
}

function checkShape(run: AugmentationRun): void {
  const { shape, dtype } = tf.tidy(() => {
    const changed = run.apply(...run.tensors());
    return { shape: changed.shape, dtype: changed.dtype };
  });
  expect(shape, 'shape of the changed samples').toEqual(run.shape);
  expect(dtype, 'type of the changed samples').toBe('float32');
}

function checkExtremes(run: AugmentationRun): void {
  for (const number of [0, almostOne]) {
    const numbers = run.numbers.map(() => number);
    expect(run.changed({ numbers }), `samples changed by numbers of ${number}`).toSatisfy(
      (values: Float32Array) => values.every(Number.isFinite),
      'is finite',
    );
  }
}

function checkPurity(run: AugmentationRun): void {
  const [first, second] = [1, 2].map(() =>
    tf.tidy(() => {
      const tensors = run.tensors();
      return forbidReads(() => run.apply(...tensors)).dataSync();
    }),
  );
  expect(second, 'samples changed twice by the same numbers').toEqual(first);
}

/** Some of the samples, in another order, are changed as they are among all: none has a part in what becomes of another. */
function checkIndependence(run: AugmentationRun): void {
  const some = [...RandomStream.fromSeed(2).derive('order').permutation(batchSize)].slice(2);
  const picked = (values: Float32Array) => {
    const length = values.length / batchSize;
    return Float32Array.from(some.flatMap((row) => [...values.subarray(row * length, (row + 1) * length)]));
  };
  const changed = run.changed({ samples: picked(run.samples), numbers: picked(run.numbers) });
  expectClose(
    changed,
    picked(run.changed()),
    { relative: 1e-5, absolute: 1e-6 },
    'some of the samples, changed in another order',
  );
}

/** The step gives the probability as a tensor. */
function checkProbability(run: AugmentationRun): void {
  expectClose(run.changed({}, 0), run.samples, { relative: 0 }, 'samples changed with probability 0');
  expectClose(
    run.changed({}, 1),
    run.changed(),
    { relative: 0 },
    'samples changed with probability 1 beside those changed by default',
  );
}

function checkVariety(run: AugmentationRun): void {
  const first = run.samples.subarray(0, run.sampleLength);
  const samples = run.samples.map((_, i) => first[i % run.sampleLength]);
  const changed = run.changed({ samples });
  const rows = Array.from({ length: batchSize }, (_, row) =>
    changed.subarray(row * run.sampleLength, (row + 1) * run.sampleLength).join(),
  );
  expect(new Set(rows).size, 'different results of one sample').toBeGreaterThan(1);
}

/** Of the sum of the changed samples, weighted at random, in a random direction. */
function checkGradient(run: AugmentationRun): void {
  const random = RandomStream.fromSeed(3);
  const weights = random.derive('weights').normal(run.samples.length);
  const direction = random.derive('direction').normal(run.samples.length);
  // A function that throws under the gradient tape leaks the tensors on it: find out before.
  expect(run.changed().length, 'numbers of the changed samples').toBe(weights.length);
  const slope = tf.tidy(() => {
    const [samples, numbers] = run.tensors();
    const gradient = tf.grad((x) => tf.sum(tf.mul(run.apply(x, numbers), tf.tensor(weights, run.shape))))(
      samples,
    );
    return dot(gradient.dataSync(), direction);
  });
  const h = 1e-2 * (run.range[1] - run.range[0]);
  const at = (step: number) =>
    dot(run.changed({ samples: run.samples.map((value, i) => value + step * direction[i]) }), weights);
  expectClose(
    [slope],
    [(at(h) - at(-h)) / (2 * h)],
    { relative: 1e-3, absolute: 1e-3 },
    'derivative in a random direction',
  );
}

function checkTensors(run: AugmentationRun): void {
  const inputs = run.tensors();
  const before = tf.memory().numTensors;
  const changed = run.apply(...inputs);
  const added = tf.memory().numTensors - before;
  const disposed = inputs.map(({ isDisposed }) => isDisposed);
  tf.dispose([...inputs, changed]);
  expect(added, 'tensors beside the inputs, the result included').toBe(1);
  expect(disposed, 'inputs disposed').toEqual([false, false]);
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
