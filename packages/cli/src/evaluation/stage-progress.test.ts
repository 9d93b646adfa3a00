import { processOutput } from '@dist-gan/core';
import { expect, it } from 'vitest';
import { StageProgress } from './stage-progress.js';

it('shows whole lines of progress on a terminal of 0 columns', () => {
  let shown = '';
  const stream = { columns: 0, isTTY: true, write: (text: string) => ((shown += text), true) };
  let now = 0;
  const report = new StageProgress(processOutput(stream as NodeJS.WriteStream), () => now).stage('features');
  now = 60_000;
  report(0.5);
  expect(shown).toContain('features  50%');
  expect(shown).toMatch(/left$/);
});
