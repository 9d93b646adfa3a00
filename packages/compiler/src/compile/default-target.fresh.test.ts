import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { compile } from './compile.js';
import type { CompileOptions } from './options.js';
import { defaultTarget } from './default-target.js';
import { processorWords } from '../targets/processor.js';

vi.mock('../targets/processor.js', { spy: true });

let cache = '';
beforeEach(() => {
  vi.mocked(processorWords).mockReturnValue('flags : avx2 avx512f');
  cache = mkdtempSync(join(tmpdir(), 'dist-gan-default-target-'));
  vi.stubEnv('DIST_GAN_CACHE', cache);
  vi.stubEnv('DIST_GAN_TARGET', undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(cache, { recursive: true });
});

/** Where `dist-gan setup tensorflow` puts it: a package that says whether it was loaded. */
function bringTensorFlow(code: string): void {
  const folder = join(cache, 'tensorflow', 'cpu-2.15.1', 'node_modules', '@tensorflow', 'tfjs-node');
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'package.json'),
    '{ "name": "@tensorflow/tfjs-node", "version": "4.22.0", "main": "index.js" }',
  );
  writeFileSync(join(folder, 'index.js'), code);
}

describe('defaultTarget', () => {
  it('is ONNX Runtime where there is no TensorFlow', () => {
    expect(defaultTarget()).toBe('onnx');
  });

  it('is a TensorFlow that was set up, and does not load it', () => {
    bringTensorFlow('globalThis.loadedTensorFlow = true');
    expect(defaultTarget()).toBe('tensorflow');
    expect(globalThis).not.toHaveProperty('loadedTensorFlow');
  });

  it('is ONNX Runtime for convolutions where the processor has no AVX-512', () => {
    const ofBoth = () => [defaultTarget({ convolutions: true }), defaultTarget()];
    expect(ofBoth(), 'without a TensorFlow').toEqual(['onnx', 'onnx']);
    bringTensorFlow('');
    expect(ofBoth(), 'with AVX-512').toEqual(['tensorflow', 'tensorflow']);
    vi.mocked(processorWords).mockReturnValue('flags : avx avx2');
    expect(ofBoth()).toEqual(['onnx', 'tensorflow']);
    vi.stubEnv('DIST_GAN_TARGET', 'tensorflow');
    expect(ofBoth(), 'where it is named').toEqual(['tensorflow', 'tensorflow']);
  });

  it('is what the environment says', () => {
    bringTensorFlow('');
    vi.stubEnv('DIST_GAN_TARGET', 'onnx');
    expect(defaultTarget()).toBe('onnx');
    vi.stubEnv('DIST_GAN_TARGET', '');
    expect(defaultTarget()).toBe('tensorflow');
    vi.stubEnv('DIST_GAN_TARGET', 'tensorrt');
    expect(defaultTarget).toThrow(
      'compile: DIST_GAN_TARGET must be "onnx" or "tensorflow", got "tensorrt"; change it, or unset it.',
    );
  });
});

describe('compile without a target', () => {
  async function targetOf(device?: 'cpu') {
    const told: string[] = [];
    const compiled = await compile(({ x }) => ({ y: tf.neg(x) }), {
      inputs: { x: { shape: [2] } },
      ...(device !== undefined && { device }),
      onWarning: (message) => told.push(message),
    });
    compiled.dispose();
    return { target: compiled.report.target, told };
  }

  it('passes by a TensorFlow that does not start, and says why', async () => {
    bringTensorFlow('throw new Error("no libtensorflow.so.2 here")');
    for (const device of [undefined, 'cpu'] as const) {
      const { target, told } = await targetOf(device);
      expect(target).toBe('onnx');
      expect(told).toEqual([expect.stringContaining('no libtensorflow.so.2 here')]);
      expect(told[0]).toContain('target "onnx", device "cpu"');
    }
  });

  it('takes nothing in place of what the environment names', async () => {
    bringTensorFlow('throw new Error("no libtensorflow.so.2 here")');
    vi.stubEnv('DIST_GAN_TARGET', 'tensorflow');
    await expect(targetOf()).rejects.toThrow('no libtensorflow.so.2 here');
  });

  it('has no word to say where the first choice works', async () => {
    expect(await targetOf()).toEqual({ target: 'onnx', told: [] });
  });
});

describe('compile of convolutions without a target', () => {
  const broken = 'throw new Error("no libtensorflow.so.2 here")';
  async function targetOf(options: Partial<CompileOptions> = {}) {
    const told: string[] = [];
    const image = { shape: [1, 4, 4, 1] };
    const compiled = await compile(
      ({ x }) => ({ y: tf.conv2d(x as tf.Tensor4D, tf.ones([3, 3, 1, 1]), 1, 'same') }),
      {
        inputs: { x: image },
        onWarning: (message) => told.push(message),
        ...options,
      },
    );
    compiled.dispose();
    return { target: compiled.report.target, told };
  }

  it('takes ONNX Runtime before a TensorFlow where the processor has no AVX-512, and says why', async () => {
    bringTensorFlow(broken);
    vi.mocked(processorWords).mockReturnValue('flags : avx avx2');
    const { target, told } = await targetOf();
    expect(target).toBe('onnx');
    // TensorFlow was not tried.
    expect(told).toEqual([
      expect.stringMatching(/^compile: this runs on target "onnx", device "cpu" \(.*no AVX-512/),
    ]);
    expect((await targetOf({ device: 'auto' })).told[0]).toMatch(/device "cpu" .*no AVX-512/);
  });

  it.each(['flags : avx2 avx512f', ''])('tries TensorFlow first with the processor %j', async (words) => {
    bringTensorFlow(broken);
    vi.mocked(processorWords).mockReturnValue(words);
    expect((await targetOf()).told).toEqual([expect.stringContaining('no libtensorflow.so.2 here')]);
  });

  it('has no word to say where no TensorFlow is there, or a target is named', async () => {
    vi.mocked(processorWords).mockReturnValue('flags : avx avx2');
    expect(await targetOf()).toEqual({ target: 'onnx', told: [] });
    bringTensorFlow(broken);
    expect(await targetOf({ target: 'onnx' })).toEqual({ target: 'onnx', told: [] });
    await expect(targetOf({ target: 'tensorflow' })).rejects.toThrow('no libtensorflow.so.2 here');
    vi.stubEnv('DIST_GAN_TARGET', 'tensorflow');
    await expect(targetOf()).rejects.toThrow('no libtensorflow.so.2 here');
  });
});
