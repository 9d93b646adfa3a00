import { expect, it } from 'vitest';
import { Control } from './src/training/control.js';

const ask = (number: number) => ({ number, question: { kind: 'state' } }) as const;

/** Whether a promise is resolved by now. */
const isResolved = (promise: Promise<void>) =>
  Promise.race([promise.then(() => true), new Promise((resolve) => setTimeout(() => resolve(false), 20))]);

it('waits for steps to be allowed, and counts them', async () => {
  const control = new Control();
  const changed = control.changed();
  expect(control.waits).toBe(true);
  expect(await isResolved(changed)).toBe(false);
  control.continue(2);
  expect(await isResolved(changed)).toBe(true);
  control.stepDone();
  expect(control.waits).toBe(false);
  control.stepDone();
  expect(control.waits).toBe(true);
  control.continue();
  control.pause();
  expect(control.waits).toBe(true);
});

it('does not sleep over a question that came while another was answered', async () => {
  const control = new Control();
  control.ask(ask(0));
  expect(control.takeAsked()).toEqual([ask(0)]);
  // The run is busy with the first one, and listens to nobody.
  control.ask(ask(1));
  expect(await isResolved(control.changed())).toBe(true);
  expect(control.takeAsked()).toEqual([ask(1)]);
  expect(await isResolved(control.changed())).toBe(false);
});
