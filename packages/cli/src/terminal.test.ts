import { afterEach, expect, it } from 'vitest';
import type { Ending } from './ending/index.js';
import { processTerminal } from './terminal.js';

const heardFor: readonly (readonly [NodeJS.EventEmitter, string])[] = [
  [process.stdout, 'error'],
  [process.stderr, 'error'],
  [process, 'uncaughtException'],
  [process, 'beforeExit'],
];
type Listener = (...given: unknown[]) => void;
const listeners = () => heardFor.map(([emitter, event]) => emitter.listeners(event) as Listener[]);
const before = listeners();

/** They would hear of what happens in other files of tests. */
afterEach(() => {
  listeners().forEach((now, i) => {
    const [emitter, event] = heardFor[i];
    for (const listener of now) if (!before[i].includes(listener)) emitter.off(event, listener);
  });
});

it('listens to the process once, however many terminals there are, and ends it by the newest', () => {
  const heard: [number, Ending][] = [];
  const terminals = Array.from({ length: 12 }, (_, i) =>
    processTerminal((ending) => heard.push([i, ending])),
  );
  expect(listeners().map((now, i) => now.length - before[i].length)).toEqual([1, 1, 1, 1]);
  const [uncaught] = listeners()[2].filter((each) => !before[2].includes(each));
  const first = new Error('while nobody listens');
  uncaught(first);
  expect(heard).toEqual([[11, { cause: 'error', error: first, exitCode: 1 }]]);

  const atWork: Ending[] = [];
  const stop = terminals[0].onEnding((ending) => atWork.push(ending));
  const second = new Error('while a command of an earlier one is at work');
  uncaught(second);
  stop();
  expect(atWork).toEqual([{ cause: 'error', error: second, exitCode: 1 }]);
  expect(heard).toHaveLength(1);
});
