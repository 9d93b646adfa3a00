import { BackendError } from '@dist-gan/core';
import { afterEach, expect, it, vi } from 'vitest';
import type { Graph } from '../../graph/types.js';
import { TensorFlowProgram } from './program.js';
import type { TensorFlowRuntime } from './runtime.js';

const graph: Graph = { inputs: [], outputs: [], states: [] };

afterEach(() => vi.unstubAllEnvs());

it('lets go of the signatures that were loaded before one that fails', async () => {
  const [made, disposed]: [string[], string[]] = [[], []];
  const runtime = {
    node: {
      async loadSavedModel(_folder: string, _tags: string[], name: string) {
        if (name === 'read') throw new Error('out of memory');
        made.push(name);
        return { dispose: () => void disposed.push(name) };
      },
    },
  } as unknown as TensorFlowRuntime;
  await expect(TensorFlowProgram.create(graph, runtime, { device: 'cpu' })).rejects.toThrow(
    /cannot load .*out of memory/,
  );
  expect(made).toEqual(['step', 'write']);
  expect(disposed).toEqual(made);
});

it('names the way out where there is no place for temporary files', async () => {
  vi.stubEnv('TMPDIR', '/no/such/place');
  const failed = TensorFlowProgram.create(graph, {} as TensorFlowRuntime, { device: 'cpu' });
  await expect(failed).rejects.toThrow(BackendError);
  await expect(failed).rejects.toThrow(/none can be made .*ENOENT.*TMPDIR/);
});
