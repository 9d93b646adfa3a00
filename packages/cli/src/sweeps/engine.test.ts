import { afterEach, describe, expect, it, vi } from 'vitest';
import { settleEngine } from './engine.js';

afterEach(() => vi.unstubAllEnvs());

describe('settleEngine', () => {
  it('names the engine that is the default here, so that the sweep keeps it', () => {
    vi.stubEnv('DIST_GAN_TARGET', 'onnx');
    expect(settleEngine({})).toEqual({ threads: 1, target: 'onnx' });
    expect(settleEngine({ device: 'cpu', threads: 2 })).toEqual({
      threads: 2,
      target: 'onnx',
      device: 'cpu',
    });
  });

  it('changes nothing of one that is named, whatever the default is', () => {
    vi.stubEnv('DIST_GAN_TARGET', 'onnx');
    expect(settleEngine({ target: 'tensorflow', threads: 1 })).toEqual({ threads: 1, target: 'tensorflow' });
    expect(settleEngine({ device: 'cuda' })).toEqual({ threads: 1, device: 'cuda' });
    expect(settleEngine({ backend: 'wasm' })).toEqual({ backend: 'wasm' });
    expect(settleEngine({ executor: 'eager' })).toEqual({ executor: 'eager' });
  });
});
