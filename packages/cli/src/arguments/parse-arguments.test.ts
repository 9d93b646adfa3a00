import { isGanError } from '@dist-gan/core';
import { describe, expect, it } from 'vitest';
import { parseArguments, type Flag } from './index.js';

const flags: readonly Flag[] = [
  { name: 'steps', value: 'n', description: '' },
  { name: 'seed', short: 's', value: 'n', description: '' },
  { name: 'set', value: 'key=value', repeatable: true, description: '' },
  { name: 'executor', value: 'executor', choices: ['eager', 'compiled'], description: '' },
  { name: 'json', description: '' },
  { name: 'no-cache', description: '' },
];
const command = { name: 'train', positionals: [{ name: 'preset', description: '' }], flags };

function parse(...words: string[]) {
  return parseArguments(words, command);
}

function messageOf(...words: string[]): string {
  try {
    parse(...words);
  } catch (error) {
    expect(isGanError(error)).toBe(true);
    return (error as Error).message;
  }
  throw new Error('no error was thrown');
}

describe('parseArguments', () => {
  it('reads positionals, values in both spellings, switches and repeated flags', () => {
    const given = parse(
      'gaussian-grid',
      '--steps',
      '5',
      '--seed=7',
      '--json',
      '--set',
      'a=1',
      '--set',
      'b=2',
    );
    expect(given.positional('preset')).toBe('gaussian-grid');
    expect(given.wholeNumber('steps', 1)).toBe(5);
    expect(given.wholeNumber('seed', 0)).toBe(7);
    expect(given.has('json')).toBe(true);
    expect(given.has('help')).toBe(false);
    expect(given.list('set')).toEqual(['a=1', 'b=2']);
    expect(given.text('executor')).toBeUndefined();
  });

  it('reads letters, help in both spellings, and switches that say no', () => {
    const given = parse('-s', '7', '-h');
    expect(given.wholeNumber('seed', 0)).toBe(7);
    expect(given.has('help')).toBe(true);
    expect(parse('--help').has('help')).toBe(true);
    expect(parse().has('no-cache')).toBe(false);
    expect(parse('--no-cache').has('no-cache')).toBe(true);
  });

  it('offers the nearest flag for an unknown one', () => {
    expect(messageOf('--stepz', '5')).toContain('did you mean --steps?');
    expect(messageOf('-x')).toContain('known: --steps');
  });

  it.each([
    [['--steps'], '--steps needs a value'],
    [['--steps', '--json'], '--steps needs a value'],
    [['--steps', '-s'], '--steps needs a value'],
    [['--steps='], '--steps needs a value'],
    [['--json=yes'], '--json takes no value'],
    [['--executor', 'fast'], 'must be eager or compiled (got fast)'],
    [['--seed', '1', '--seed', '2'], '--seed is given twice'],
    [['a', 'b'], 'does not know what to do with "b"'],
    [['--seed', '1', 'a', '--set', 'c=2', 'b'], 'does not know what to do with "b"'],
  ])('refuses %j', (words, message) => {
    expect(messageOf(...words)).toContain(message);
  });

  it.each(['-4', '0', '1.5', 'many', 'NaN', ' ', '1e400'])('refuses --steps %j', (text) => {
    expect(() => parse(`--steps=${text}`).wholeNumber('steps', 1)).toThrow(/whole number of 1 or more/);
  });

  it('takes a negative number for the value that it is', () => {
    expect(() => parse('--steps', '-5').wholeNumber('steps', 1)).toThrow(/got -5/);
  });
});
