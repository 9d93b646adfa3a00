import { defaultTarget, inspectOnnxRuntime, inspectTensorFlow } from '@dist-gan/compiler';
import { BackendError } from '@dist-gan/core';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { settleEngine } from './engine.js';

vi.mock('@dist-gan/compiler', { spy: true });

type Engine = Parameters<typeof settleEngine>[0];

const trainsConvolutions = vi.fn<() => Promise<boolean>>();
const settle = (engine: Engine) => settleEngine(engine, trainsConvolutions);
const missing = () => {
  throw new BackendError('compile: is not here', 'tensorflow');
};

beforeEach(() => {
  vi.mocked(defaultTarget).mockReturnValue('onnx');
  vi.mocked(inspectTensorFlow).mockReturnValue({ version: '2.15.1' } as ReturnType<typeof inspectTensorFlow>);
  trainsConvolutions.mockResolvedValue(true);
});

describe('settleEngine', () => {
  it('names the engine that is the default here, so that the sweep keeps it', async () => {
    expect(await settle({})).toEqual({ threads: 1, target: 'onnx' });
    expect(await settle({ device: 'cpu', threads: 2 })).toEqual({
      threads: 2,
      target: 'onnx',
      device: 'cpu',
    });
    expect(trainsConvolutions, 'which does not depend on what is trained').not.toHaveBeenCalled();
  });

  it('changes nothing of one that is named, whatever the default is', async () => {
    expect(await settle({ target: 'tensorflow', threads: 1 })).toEqual({ threads: 1, target: 'tensorflow' });
    expect(await settle({ device: 'cuda' })).toEqual({ threads: 1, device: 'cuda' });
    expect(await settle({ backend: 'wasm' })).toEqual({ backend: 'wasm' });
    expect(await settle({ executor: 'eager' })).toEqual({ executor: 'eager' });
  });

  it('refuses a device that each run would settle for itself', async () => {
    await expect(settle({ device: 'auto' })).rejects.toThrow(
      /^sweep\.engine\.device: auto is settled by each run .*; name cpu, cuda or webgpu$/,
    );
  });

  it('names the one that is faster for convolutions, where they are trained', async () => {
    vi.mocked(defaultTarget).mockImplementation((of) => (of?.convolutions === true ? 'onnx' : 'tensorflow'));
    expect(await settle({})).toEqual({ threads: 1, target: 'onnx' });
    expect(await settle({ target: 'tensorflow' })).toEqual({ threads: 1, target: 'tensorflow' });
    trainsConvolutions.mockResolvedValue(false);
    expect(await settle({})).toEqual({ threads: 1, target: 'tensorflow' });
  });

  it('passes by a TensorFlow that does not start, but to nothing', async () => {
    vi.mocked(defaultTarget).mockReturnValue('tensorflow');
    vi.mocked(inspectTensorFlow).mockImplementation(missing);
    expect(await settle({})).toEqual({ threads: 1, target: 'onnx' });
    vi.mocked(inspectOnnxRuntime).mockImplementationOnce(missing);
    expect(await settle({})).toEqual({ threads: 1, target: 'tensorflow' });
  });
});
