import { spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { fetchPackage } from './npm.js';

vi.mock('node:child_process', () => ({ spawn: vi.fn() }));

const { platform } = process;
afterEach(() => Object.defineProperty(process, 'platform', { value: platform }));

const words = 'install --ignore-scripts --no-audit --no-fund --no-update-notifier onnxruntime-node@1.30.0';

it.each([
  ['linux', 'npm', words.split(' '), false],
  ['win32', `npm ${words}`, [], true],
])('asks npm on %s, by a shell where npm is no program', async (name, file, parameters, shell) => {
  Object.defineProperty(process, 'platform', { value: name });
  vi.mocked(spawn).mockImplementation(() => {
    const child = Object.assign(new EventEmitter(), {
      stdout: new EventEmitter(),
      stderr: new EventEmitter(),
    });
    setImmediate(() => child.emit('close', 0));
    return child as never;
  });
  const folder = mkdtempSync(join(tmpdir(), 'dist-gan-npm-'));
  try {
    await fetchPackage('onnxruntime-node@1.30.0', folder, { environment: {} });
  } finally {
    rmSync(folder, { recursive: true });
  }
  expect(spawn).toHaveBeenLastCalledWith(file, parameters, expect.objectContaining({ cwd: folder, shell }));
});
