import { expect, it } from 'vitest';
import type { Graph } from '../../graph/types.js';
import { TensorFlowProgram } from './program.js';
import type { TensorFlowRuntime } from './runtime.js';

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
  const graph: Graph = { inputs: [], outputs: [], states: [] };
  await expect(TensorFlowProgram.create(graph, runtime, {})).rejects.toThrow(/cannot load .*out of memory/);
  expect(made).toEqual(['step', 'write']);
  expect(disposed).toEqual(made);
});
