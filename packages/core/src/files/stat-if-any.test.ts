import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { statIfAny } from './stat-if-any.js';

it('knows nothing of what is not there or cannot be reached', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dist-gan-stat-'));
  symlinkSync('itself', join(folder, 'itself'));
  expect(statIfAny(folder)?.isDirectory()).toBe(true);
  for (const name of ['missing', 'itself', 'itself/below', 'x'.repeat(300)]) {
    expect(statIfAny(join(folder, name))).toBeUndefined();
  }
  rmSync(folder, { recursive: true });
});
