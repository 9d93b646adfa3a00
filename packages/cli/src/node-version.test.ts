import { expect, it } from 'vitest';
import { tooOldNode } from './node-version.js';

it.each([
  ['18.20.8', false],
  ['20.15.1', false],
  ['20.18.3', true],
  ['21.7.3', false],
  ['22.2.0', false],
])('Node %s is too old, and says so', (version, hasBuiltins) => {
  expect(tooOldNode(version, hasBuiltins)).toMatch(`this is Node ${version}, which is too old`);
});

it.each(['20.19.0', '22.14.0', '24.0.0'])('Node %s is new enough', (version) => {
  expect(tooOldNode(version, true)).toBeUndefined();
});
