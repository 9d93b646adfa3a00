import { afterEach, describe, expect, it, vi } from 'vitest';
import { StageProgress } from './evaluation/stage-progress.js';
import { processTerminal } from './terminal.js';

const columns = Object.getOwnPropertyDescriptor(process.stdout, 'columns');
afterEach(() => {
  vi.restoreAllMocks();
  if (columns === undefined) Reflect.deleteProperty(process.stdout, 'columns');
  else Object.defineProperty(process.stdout, 'columns', columns);
});

function terminalOf(width: number | undefined) {
  Object.defineProperty(process.stdout, 'columns', { value: width, configurable: true });
  return processTerminal(() => undefined);
}

describe('processTerminal', () => {
  it('knows no width where the terminal says 0, or is none', () => {
    expect(terminalOf(80).stdout.columns).toBe(80);
    expect(terminalOf(0).stdout.columns).toBeUndefined();
    expect(terminalOf(undefined).stdout.columns).toBeUndefined();
  });

  it('shows whole lines of progress on a terminal of 0 columns', () => {
    let shown = '';
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      shown += String(text);
      return true;
    });
    const stdout = { ...terminalOf(0).stdout, columns: terminalOf(0).stdout.columns, interactive: true };
    let now = 0;
    const report = new StageProgress(stdout, () => now).stage('features');
    now = 60_000;
    report(0.5);
    vi.restoreAllMocks();
    expect(shown).toContain('features  50%');
    expect(shown).toMatch(/left$/);
  });
});
