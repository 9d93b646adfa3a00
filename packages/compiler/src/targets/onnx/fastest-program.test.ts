import { describe, expect, it } from 'vitest';
import { fastest, fastestProgram } from './fastest-program.js';

describe('fastest', () => {
  it('is the first but for one that takes a tenth less', () => {
    expect(fastest([10])).toBe(0);
    expect(fastest([10, 9.1])).toBe(0);
    expect(fastest([10, 8.9])).toBe(1);
    expect(fastest([10, 30])).toBe(0);
  });
});

describe('fastestProgram', () => {
  it('leaves none behind where one does not start, or does not run', async () => {
    const started: string[] = [];
    const disposed: string[] = [];
    const start = (name: string, run: () => Promise<Record<string, never>>) => async () => {
      started.push(name);
      return {
        run,
        readStates: async () => ({}),
        writeStates: async () => {},
        dispose: async () => void disposed.push(name),
      };
    };
    const runs = async () => ({});
    const fails = async () => Promise.reject(new Error('no memory'));
    await expect(fastestProgram([start('a', runs), start('b', fails)], {})).rejects.toThrow('no memory');
    await expect(fastestProgram([start('c', runs), fails], {})).rejects.toThrow('no memory');
    expect(disposed).toEqual(started);
  });
});
