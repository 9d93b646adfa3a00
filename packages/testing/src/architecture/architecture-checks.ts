import { isGanError, type NetworkKind } from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { expect } from 'vitest';
import { describeChecks, type Check } from '../check.js';
import { expectClose } from '../close.js';
import { forbidReads } from '../forbid-reads.js';
import { expectDescribedItem } from '../item.js';
import type { ArchitectureSubject } from './architecture-subject.js';
import {
  applyNetwork,
  buildNetwork,
  drawInput,
  inputGradients,
  readWeights,
  trainOneStep,
  withNetwork,
} from './networks.js';
import { reload } from './reload.js';
import { slopesOf } from './slopes.js';

/** Tests an architecture; see {@link architectureChecks} for what is tested. */
export function describeArchitecture(title: string, subject: ArchitectureSubject): void {
  describeChecks(title, architectureChecks(subject));
}

/** Everything that must be true of an architecture, as functions that throw when it is not. */
export function architectureChecks(subject: ArchitectureSubject): Check[] {
  const { architecture } = subject;
  const kindChecks = architecture.kinds.flatMap((kind): Check[] => {
    const check = (name: string, run: (model: LayersModel) => void | Promise<void>): Check => ({
      name: `${kind}: ${name}`,
      run: () => withNetwork(subject, kind, run),
    });
    return [
      check('has the shapes that its kind promises', (model) => checkShapes(subject, kind, model)),
      check('is a pure function of its input', (model) => checkPurity(subject, kind, model)),
      check('lets gradients through to its inputs', (model) => checkInputGradients(subject, kind, model)),
      check('has the gradients of its outputs', (model) => checkSlopes(subject, kind, model)),
      check('has the counted parameters', (model) => checkParameters(subject, kind, model)),
      check('trains every weight', (model) => checkTraining(subject, kind, model)),
      check('gives identical outputs after save and load', (model) => checkReload(subject, kind, model)),
      check('draws its weights from the stream alone', (model) => checkStreams(subject, kind, model)),
      check('stands beside a second instance', (model) => checkInstances(subject, kind, model)),
      { name: `${kind}: leaves no tensors behind`, run: () => checkTensors(subject, kind) },
    ];
  });
  return [
    { name: 'describes itself', run: () => expectDescribedItem(architecture) },
    ...kindChecks,
    ...(subject.unsupported
      ? [{ name: 'refuses shapes that it cannot serve', run: () => checkUnsupported(subject) }]
      : []),
  ];
}

function checkShapes(subject: ArchitectureSubject, kind: NetworkKind, model: LayersModel): void {
  const { sampleShape, latentDimension } = subject.shape;
  for (const batchSize of [1, 3]) {
    tf.tidy(() => {
      const outputs = applyNetwork(model, drawInput(subject, kind, batchSize, model), false);
      const shapes = outputs.map(({ shape }) => shape);
      const latents = [batchSize, latentDimension];
      if (kind === 'encoder') {
        expect(shapes, 'outputs of the encoder').toEqual([latents]);
      } else if (kind === 'gaussian-encoder') {
        expect(shapes, 'mean and logarithm of the variance').toEqual([latents, latents]);
      } else if (kind === 'autoencoder') {
        expect(outputs.length, 'number of outputs: reconstruction and code').toBe(2);
        expect(shapes[0], 'reconstruction').toEqual([batchSize, ...sampleShape]);
        expect(shapes[1].length, 'rank of the code').toBe(2);
      } else if (kind === 'generator') {
        const samples = [batchSize, ...sampleShape];
        expect(shapes, 'outputs of the generator').toEqual(outputs.map(() => samples));
        expect(outputs.length, 'number of outputs: samples, and logits before a sigmoid').toBeLessThan(3);
        if (outputs.length === 2) checkSigmoid(outputs[0], outputs[1]);
        else expect(activationOf(model), 'activation of the only output').not.toBe('sigmoid');
      } else {
        if (kind === 'recognition-discriminator') {
          expect(outputs.length, 'number of outputs: logits, features and codes').toBe(3);
          expect(shapes[2], 'codes').toEqual(latents);
        } else {
          expect(outputs.length, 'number of outputs: logits and features').toBe(2);
        }
        expect(shapes[0], 'logits').toEqual([batchSize, 1]);
        const features = subject.featureDimension ?? outputs[1].size / batchSize;
        expect(shapes[1], 'features').toEqual([batchSize, features]);
      }
      for (const [i, output] of outputs.entries()) {
        expect(output.dataSync(), `output ${i}`).toSatisfy(
          (values: Float32Array) => values.every(Number.isFinite),
          'is finite',
        );
      }
    });
  }
}

/** A generator's first output is the sigmoid of its second, and so lies in [0, 1]. */
function checkSigmoid(samples: tf.Tensor, logits: tf.Tensor): void {
  const expected = Array.from(logits.dataSync(), (logit) => 1 / (1 + Math.exp(-logit)));
  expectClose(samples.dataSync(), expected, { relative: 1e-5, absolute: 1e-6 }, 'samples');
}

function activationOf(model: LayersModel): unknown {
  return model.outputLayers[0].getConfig().activation;
}

/** No number is drawn, and no value is read, in training neither, so that a step with the network can be recorded. */
function checkPurity(subject: ArchitectureSubject, kind: NetworkKind, model: LayersModel): void {
  const [first, second] = [1, 2].map(() =>
    tf.tidy(() => {
      const input = drawInput(subject, kind, 2, model);
      return forbidReads(() => applyNetwork(model, input, false)).map((output) => output.dataSync());
    }),
  );
  expect(second, 'outputs computed twice from the same input').toEqual(first);
  tf.tidy(() => {
    const input = drawInput(subject, kind, 2, model);
    forbidReads(() => applyNetwork(model, input, true));
  });
}

/** A generator learns from what a discriminator says of its samples. */
function checkInputGradients(subject: ArchitectureSubject, kind: NetworkKind, model: LayersModel): void {
  let largest = inputGradients(subject, kind, model);
  // The rectifiers of a tiny network may all be off: another one is drawn.
  for (let seed = 2; seed <= 3 && largest.includes(0); seed++) {
    const other = buildNetwork(subject, kind, seed);
    try {
      const further = inputGradients(subject, kind, other);
      largest = largest.map((value, i) => Math.max(value, further[i]));
    } finally {
      other.dispose();
    }
  }
  expect(largest, `largest derivative in each of the ${kind}'s inputs`).toSatisfy(
    (values: number[]) => values.every((value) => Number.isFinite(value) && value > 0),
    'is finite and not 0',
  );
}

/** A wrong gradient still goes somewhere: that every weight moves does not show it. */
function checkSlopes(subject: ArchitectureSubject, kind: NetworkKind, model: LayersModel): void {
  for (const { along, length, measured, isNear } of slopesOf(subject, kind, model)) {
    expect(
      isNear,
      `the gradient in the ${along} is ${length} long, but along it the outputs of the ${kind} change by ${measured.join(', ')} ` +
        "(for smaller and smaller moves). TensorFlow.js's own backend of plain JavaScript has wrong gradients of resizing, average " +
        'pooling and others: installSecondOrderGradients() of @dist-gan/gradients puts them right',
    ).toBe(true);
  }
}

function checkParameters(subject: ArchitectureSubject, kind: NetworkKind, model: LayersModel): void {
  const shapes = model.trainableWeights.map(({ shape }) => shape as number[]);
  const count = shapes.reduce(
    (sum, shape) => sum + shape.reduce((product, length) => product * length, 1),
    0,
  );
  expect(count, `trainable numbers of the ${kind}`).toBe(subject.parameters[kind]);
}

function checkTraining(subject: ArchitectureSubject, kind: NetworkKind, model: LayersModel): void {
  const before = readWeights(model);
  trainOneStep(subject, kind, model);
  // Where a layer starts at 0 (the last one of a residual block, for instance), those before it learn from the second step on.
  if (before.some((values) => values.length > 1 && values.every((value) => value === 0))) {
    trainOneStep(subject, kind, model);
  }
  const after = readWeights(model);
  const moves = model.trainableWeights.map((_, i) => largestDifference(before[i], after[i]));
  // A weight without influence still moves by rounding errors: some 1e-7 of what the others move.
  const least = 1e-5 * Math.max(...moves);
  const still = model.trainableWeights.filter((_, i) => !(moves[i] > least)).map(({ name }) => name);
  expect(still, 'weights that training does not change').toEqual([]);
}

async function checkReload(
  subject: ArchitectureSubject,
  kind: NetworkKind,
  model: LayersModel,
): Promise<void> {
  // Trained once, so that no weight has the value that its initialiser would give it.
  trainOneStep(subject, kind, model);
  subject.registerCustomObjects?.();
  const loaded = await reload(model);
  try {
    for (const training of [false, true]) {
      tf.tidy(() => {
        const input = drawInput(subject, kind, 3, model);
        const expected = applyNetwork(model, input, training);
        for (const [i, output] of applyNetwork(loaded, input, training).entries()) {
          expect(output.dataSync(), `output ${i} of the loaded ${kind}`).toEqual(expected[i].dataSync());
        }
      });
    }
  } finally {
    loaded.dispose();
  }
}

function checkStreams(subject: ArchitectureSubject, kind: NetworkKind, model: LayersModel): void {
  const weights = readWeights(model);
  const same = buildNetwork(subject, kind, 1);
  const other = buildNetwork(subject, kind, 2);
  try {
    expect(readWeights(same), 'weights from the same stream').toEqual(weights);
    const drawn = weights.filter((values) => new Set(values).size > 1);
    expect(drawn.length, 'number of weights that are drawn at random').toBeGreaterThan(0);
    const others = readWeights(other);
    for (const [i, values] of weights.entries()) {
      if (!drawn.includes(values)) continue;
      expect(others[i], `weight ${i} from another stream`).not.toEqual(values);
    }
    expect(new Set(drawn.map(String)).size, 'number of different weights in one network').toBe(drawn.length);
  } finally {
    same.dispose();
    other.dispose();
  }
}

function checkInstances(subject: ArchitectureSubject, kind: NetworkKind, model: LayersModel): void {
  const second = buildNetwork(subject, kind);
  try {
    const before = readWeights(model);
    trainOneStep(subject, kind, second);
    expect(readWeights(model), 'weights after another instance was trained').toEqual(before);
  } finally {
    second.dispose();
  }
  useNetwork(subject, kind, model);
}

function checkTensors(subject: ArchitectureSubject, kind: NetworkKind): void {
  const before = tf.memory().numTensors;
  const model = buildNetwork(subject, kind);
  try {
    trainOneStep(subject, kind, model);
    useNetwork(subject, kind, model);
  } finally {
    model.dispose();
  }
  expect(tf.memory().numTensors - before, `tensors left behind by the ${kind}`).toBe(0);
}

function checkUnsupported(subject: ArchitectureSubject): void {
  for (const shape of subject.unsupported!) {
    for (const kind of subject.architecture.kinds) {
      let error: unknown;
      const before = tf.memory().numTensors;
      try {
        buildNetwork({ ...subject, shape }, kind).dispose();
      } catch (thrown) {
        error = thrown;
      }
      const what = `the ${kind} for ${JSON.stringify(shape)}`;
      expect(isGanError(error, 'SHAPE_MISMATCH'), `${what} is refused with SHAPE_MISMATCH`).toBe(true);
      expect(tf.memory().numTensors - before, `tensors left behind by ${what}`).toBe(0);
    }
  }
}

function useNetwork(subject: ArchitectureSubject, kind: NetworkKind, model: LayersModel): void {
  tf.dispose(tf.tidy(() => applyNetwork(model, drawInput(subject, kind, 2, model), false)));
}

function largestDifference(a: Float32Array, b: Float32Array): number {
  let largest = 0;
  for (let i = 0; i < a.length; i++) largest = Math.max(largest, Math.abs(a[i] - b[i]));
  return largest;
}
