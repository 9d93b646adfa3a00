import type * as compilerModule from '@dist-gan/compiler';
import { inspectOnnxRuntime } from '@dist-gan/compiler';
import { BackendError } from '@dist-gan/core';
import { cifarDcgan, mlp } from '@dist-gan/architectures';
import { distGan } from '@dist-gan/methods';
import * as tf from '@tensorflow/tfjs-core';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { chooseEngine, type EngineChoice, type Untrained } from './training-engine.js';

vi.mock('@dist-gan/compiler', async (original) => ({
  ...(await original<typeof compilerModule>()),
  inspectOnnxRuntime: vi.fn(),
}));

const run = { method: distGan(), latentDimension: 2, seed: 0 };
const points: Untrained = { ...run, architecture: mlp(), dataset: { sampleShape: [2] } };
const pictures: Untrained = { ...run, architecture: cifarDcgan(), dataset: { sampleShape: [32, 32, 3] } };

async function choose(choice: EngineChoice, untrained = points) {
  const notices: string[] = [];
  const { options, dispose } = await chooseEngine(choice, untrained, (text) => notices.push(text));
  dispose();
  return { executor: options.executor, notices, backend: tf.getBackend() };
}

describe('chooseEngine', () => {
  it('compiles for ONNX Runtime where it is', async () => {
    expect(await choose({})).toMatchObject({ executor: 'compiled', notices: [] });
  });

  it('takes the fastest backend that can train the networks, where none is named', async () => {
    expect(await choose({ executor: 'eager' })).toMatchObject({ executor: 'eager', backend: 'wasm' });
    expect(await choose({ executor: 'eager' }, pictures)).toMatchObject({
      executor: 'eager',
      backend: 'cpu',
    });
  });

  describe('without ONNX Runtime', () => {
    const missing = new BackendError('compile: onnxruntime-node is not installed; bring one', 'onnx');
    beforeEach(() => {
      vi.mocked(inspectOnnxRuntime).mockImplementation(() => {
        throw missing;
      });
      return () => vi.mocked(inspectOnnxRuntime).mockReset();
    });

    it('goes on without it where that is only slower, and says so', async () => {
      const { executor, notices, backend } = await choose({});
      expect({ executor, backend }).toEqual({ executor: 'eager', backend: 'wasm' });
      expect(notices).toEqual([
        expect.stringMatching(/^onnxruntime-node is not installed; bring one\. Steps run .*wasm.* slower\.$/),
      ]);
    });

    it('stops where it would take days', async () => {
      await expect(choose({}, pictures)).rejects.toBe(missing);
    });

    it.each<EngineChoice>([
      { executor: 'compiled' },
      { target: 'onnx' },
      { target: 'tensorflow' },
      { device: 'auto' },
      { threads: 1 },
    ])('takes nothing else than what is asked for: %o', async (choice) => {
      expect(await choose(choice)).toMatchObject({ executor: 'compiled', notices: [] });
    });
  });
});
