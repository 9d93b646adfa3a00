import type { Method } from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import { describeChecks, type Check } from '../check.js';
import { expectDescribedItem } from '../item.js';
import { forbidReads } from '../forbid-reads.js';
import { expectClose } from '../close.js';
import { MethodRun } from './method-run.js';
import { sampleDimension } from './tiny-networks.js';

/** How a method is tested: with tiny networks on points of the plane. */
export interface MethodSubject {
  readonly method: Method;
}

/** Tests a method; see {@link methodChecks} for what is tested. */
export function describeMethod(title: string, subject: MethodSubject): void {
  describeChecks(title, methodChecks(subject));
}

/** Everything that must be true of a method, as functions that throw when it is not. */
export function methodChecks({ method }: MethodSubject): Check[] {
  const check = (name: string, body: (run: MethodRun) => void): Check => ({
    name,
    run: () => {
      const run = new MethodRun(method);
      try {
        body(run);
      } finally {
        run.dispose();
      }
    },
  });
  return [
    { name: 'describes itself', run: () => expectDescribedItem(method) },
    { name: 'has phases that fit together', run: () => checkPhases(method) },
    check('uses every role and reads every input', checkUse),
    check('has losses and terms that are finite scalars', checkLosses),
    check('takes samples of any shape', checkShapes),
    check('has losses that are pure functions of their inputs', checkPurity),
    check('changes exactly the networks that each phase lists', checkUpdates),
    check('leaves no tensors behind', checkTensors),
  ];
}

function checkPhases({ roles, phases }: Method): void {
  const known = roles.map(({ id }) => id);
  expectDistinct(known, 'roles');
  expectDistinct(
    phases.map(({ name }) => name),
    'phases',
  );
  expect(phases.length, 'number of phases').toBeGreaterThan(0);
  for (const { name, updates, repeats, inputs, optimizer, intervals = [] } of phases) {
    expect(updates.length, `number of roles that phase ${name} updates`).toBeGreaterThan(0);
    expectDistinct(updates, `roles that phase ${name} updates`);
    expect(known, `roles, with those that phase ${name} updates`).toEqual(
      expect.arrayContaining([...updates]),
    );
    expect(Number.isInteger(repeats) && repeats > 0, `repeats of ${name} (${repeats}) is 1 or more`).toBe(
      true,
    );
    expect(intervals, `intervals of ${name}`).toSatisfy(
      (all: number[]) => all.every((interval) => Number.isSafeInteger(interval) && interval > 0),
      'are whole numbers of 1 or more',
    );
    expect(optimizer.learningRate, `learning rate of ${name}`).toBeGreaterThan(0);
    expectDistinct(
      inputs.map((input) => input.name),
      `inputs of ${name}`,
    );
  }
}

function checkUse(run: MethodRun): void {
  const { roles, phases } = run.method;
  for (const phase of phases) run.update(phase);
  const unused = roles.map(({ id }) => id).filter((id) => !run.rolesUsed.has(id));
  expect(unused, 'roles that no loss uses').toEqual([]);
  const declared = phases.flatMap(({ name, inputs }) => inputs.map((input) => `${name}/${input.name}`));
  const unread = declared.filter((input) => !run.inputsRead.has(input));
  expect(unread, 'inputs that are declared and never read').toEqual([]);
}

function checkLosses(run: MethodRun): void {
  for (const phase of run.method.phases) {
    for (const [progress, due] of [
      [0, true],
      [0.5, true],
      [1, true],
      ...(phase.intervals === undefined ? [] : [[0.5, false] as const]),
    ] as const) {
      tf.tidy(() => {
        const { total, terms } = run.loss(phase, progress, due);
        const where = `of ${phase.name} at progress ${progress}${due ? '' : ', when nothing is due'}`;
        expectFiniteScalar(total, `total ${where}`);
        if (due) expect(Object.keys(terms), `terms ${where}`).not.toEqual([]);
        for (const [name, term] of Object.entries(terms)) {
          expect(name, `name of a term ${where}`).toMatch(/^[a-z][A-Za-z0-9]*$/);
          expect(name, `name of a term ${where}`).not.toBe('total');
          expectFiniteScalar(term, `term ${name} ${where}`);
        }
      });
    }
  }
}

/** Losses of images are those of points with the same numbers, for the networks here do not look at places. */
function checkShapes(points: MethodRun): void {
  const images = new MethodRun(points.method, [sampleDimension, 1, 1]);
  try {
    for (const phase of points.method.phases) {
      const [ofPoints, ofImages] = [points, images].map((run) =>
        tf.tidy(() => {
          const { total, terms } = run.loss(phase);
          return [total, ...Object.values(terms)].map((tensor) => tensor.dataSync()[0]);
        }),
      );
      const what = `loss of ${phase.name} and its terms, of images beside points`;
      expectClose(ofImages, ofPoints, { relative: 1e-4, absolute: 1e-5 }, what);
    }
  } finally {
    images.dispose();
  }
}

function checkPurity(run: MethodRun): void {
  for (const phase of run.method.phases) {
    const before = run.readWeights();
    const values = [1, 2].map(() => {
      return tf.tidy(() => {
        const { total, terms } = forbidReads(() => run.loss(phase));
        return [total, ...Object.values(terms)].map((tensor) => tensor.dataSync()[0]);
      });
    });
    expect(values[1], `loss of ${phase.name} computed twice from the same inputs`).toEqual(values[0]);
    expect(run.readWeights(), `weights after the loss of ${phase.name} was computed`).toEqual(before);
  }
}

function checkUpdates(run: MethodRun): void {
  for (const phase of run.method.phases) {
    const before = run.readWeights();
    run.update(phase);
    const after = run.readWeights();
    for (const { id } of run.method.roles) {
      const what = `weights of ${id} after phase ${phase.name}`;
      if (phase.updates.includes(id)) expect(after[id], what).not.toEqual(before[id]);
      else expect(after[id], what).toEqual(before[id]);
      for (const values of after[id]) {
        expect(values, what).toSatisfy((all: Float32Array) => all.every(Number.isFinite), 'is finite');
      }
    }
    for (const [name, value] of Object.entries(run.readVariables())) {
      expect(value, `variable ${name} after phase ${phase.name}`).toSatisfy(Number.isFinite, 'is finite');
    }
  }
}

function checkTensors(run: MethodRun): void {
  for (const phase of run.method.phases) {
    const before = tf.memory().numTensors;
    run.update(phase);
    expect(tf.memory().numTensors - before, `tensors left behind by phase ${phase.name}`).toBe(0);
  }
}

function expectFiniteScalar(tensor: tf.Tensor, what: string): void {
  expect(tensor.shape, `shape of ${what}`).toEqual([]);
  expect(tensor.dataSync()[0], what).toSatisfy(Number.isFinite, 'is finite');
}

function expectDistinct(names: readonly string[], what: string): void {
  expect([...names], `${what}, each once`).toEqual([...new Set(names)]);
}
