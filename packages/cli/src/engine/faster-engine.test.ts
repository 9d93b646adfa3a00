import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fasterEngine } from './faster-engine.js';

const linux = { platform: 'linux', processor: 'x64' };

let cache = '';
beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'dist-gan-faster-engine-'));
  vi.stubEnv('DIST_GAN_CACHE', cache);
  vi.stubEnv('DIST_GAN_TARGET', undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(cache, { recursive: true });
});

describe('fasterEngine', () => {
  it('says once on a machine how to bring it, and what it does', () => {
    expect(fasterEngine(linux)).toMatch(/dist-gan setup tensorflow .* 1\.\d times/);
    expect(fasterEngine(linux)).toBeUndefined();
  });

  it.each([
    { platform: 'darwin', processor: 'arm64' },
    { platform: 'win32', processor: 'x64' },
    { platform: 'linux', processor: 'ppc64' },
  ])('says nothing where the set-up does not work: %o', (machine) => {
    expect(fasterEngine(machine)).toBeUndefined();
    expect(fasterEngine(linux), 'and has not used up its one time').toBeDefined();
  });

  it('says nothing where TensorFlow is there, or a target is named', () => {
    vi.stubEnv('DIST_GAN_TARGET', 'onnx');
    expect(fasterEngine(linux)).toBeUndefined();
    vi.stubEnv('DIST_GAN_TARGET', undefined);
    const folder = join(cache, 'tensorflow', 'cpu-2.15.1', 'node_modules', '@tensorflow', 'tfjs-node');
    mkdirSync(folder, { recursive: true });
    writeFileSync(
      join(folder, 'package.json'),
      '{ "name": "@tensorflow/tfjs-node", "main": "package.json" }',
    );
    expect(fasterEngine(linux)).toBeUndefined();
  });

  it('says nothing where it could not be remembered', () => {
    const file = join(cache, 'file');
    writeFileSync(file, '');
    vi.stubEnv('DIST_GAN_CACHE', file);
    expect(fasterEngine(linux)).toBeUndefined();
  });
});
