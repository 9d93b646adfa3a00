import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { Module } from 'node:module';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { loadOnnxRuntimeNode } from './onnx-runtime.js';

/** Node reads the variable when it starts, and here. */
const readNodePath = () => (Module as unknown as { _initPaths(): void })._initPaths();

let folder = '';
beforeEach(() => {
  // Its real name, as Node gives it: the folder for temporary files of macOS is a link.
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'dist-gan-engine-')));
  vi.stubEnv('DIST_GAN_CACHE', join(folder, 'cache'));
  vi.stubEnv('ORT_DISABLE_TELEMETRY', undefined);
  // pnpm makes every package of the workspace visible to what it starts.
  vi.stubEnv('NODE_PATH', undefined);
  readNodePath();
});
afterEach(() => {
  vi.unstubAllEnvs();
  readNodePath();
  rmSync(folder, { recursive: true });
});

/** An onnxruntime-node in a folder of the tree below: a line of JavaScript. @returns the package's folder */
function install(place: string, code: string): string {
  const made = join(folder, place, 'node_modules', 'onnxruntime-node');
  mkdirSync(made, { recursive: true });
  writeFileSync(join(made, 'package.json'), '{ "name": "onnxruntime-node", "main": "index.js" }');
  writeFileSync(join(made, 'index.js'), code);
  return made;
}

const load = () =>
  loadOnnxRuntimeNode<string>('compile', pathToFileURL(join(folder, 'program', 'main.js')).href);

describe('loadOnnxRuntimeNode', () => {
  it('takes the one beside the caller, then the newest that the set-up has brought', () => {
    install('cache/onnxruntime/1.9.0', 'module.exports = "1.9.0"');
    const newest = install('cache/onnxruntime/1.30.0', 'module.exports = "1.30.0"');
    install('cache/onnxruntime/.building-x', 'module.exports = "half"');
    expect(load()).toEqual({ module: '1.30.0', folder: newest });
    install('program', 'module.exports = "beside"');
    expect(load().module).toBe('beside');
  });

  it('finds what the set-up has brought also where the variable is relative', () => {
    vi.stubEnv('DIST_GAN_CACHE', relative(process.cwd(), join(folder, 'cache')));
    const brought = install('cache/onnxruntime/1.30.0', 'module.exports = "1.30.0"');
    expect(load()).toEqual({ module: '1.30.0', folder: brought });
  });

  it('passes by one that does not load', () => {
    install('program', 'throw new Error("libm.so.6: version `GLIBC_2.38\' not found")');
    const brought = install('cache/onnxruntime/1.30.0', 'module.exports = "1.30.0"');
    expect(load()).toEqual({ module: '1.30.0', folder: brought });
  });

  it('switches the telemetry off before the engine is loaded, unless the variable is set', () => {
    install('program', 'module.exports = process.env.ORT_DISABLE_TELEMETRY');
    expect(load().module).toBe('1');
    vi.stubEnv('ORT_DISABLE_TELEMETRY', '0');
    load();
    expect(process.env.ORT_DISABLE_TELEMETRY).toBe('0');
  });

  it('says what to do where there is none', () => {
    expect(load).toThrow(
      /^compile: onnxruntime-node is not installed; .*ONNXRUNTIME_NODE_INSTALL=skip npm install onnxruntime-node .*pnpm add, yarn add.*dist-gan setup onnx$/,
    );
    expect(load).toThrow(expect.objectContaining({ code: 'BACKEND_UNAVAILABLE' }) as Error);
  });

  it('says why it does not load', () => {
    const made = install('program', 'throw new Error("no libraries\\nfor this system")');
    expect(load).toThrow(`compile: onnxruntime-node does not load (${made}: no libraries); install it`);
  });
});
