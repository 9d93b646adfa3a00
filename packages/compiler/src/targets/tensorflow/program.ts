import { BackendError } from '@dist-gan/core';
import { allocate } from '../../graph/shape.js';
import type { Data, DType, Graph, Value } from '../../graph/types.js';
import type { EngineOptions, Program } from '../target.js';
import { lowerToTensorFlow, unusedInput } from './lower.js';
import type { TensorFlowFunction, TensorFlowRuntime, TensorFlowTensor } from './runtime.js';
import { servingTag } from './saved-model.js';
import { writeSavedModel } from './saved-model-folder.js';

/**
 * A SavedModel in TensorFlow, its state in resource variables on the engine's device.
 *
 * Tensors of the runtime live for one call: arrays go in, arrays come out.
 */
export class TensorFlowProgram implements Program {
  private constructor(
    private readonly runtime: TensorFlowRuntime,
    private readonly graph: Graph,
    private readonly functions: Readonly<Record<'step' | 'write' | 'read', TensorFlowFunction>>,
  ) {}

  static async create(
    graph: Graph,
    runtime: TensorFlowRuntime,
    { device }: EngineOptions,
  ): Promise<TensorFlowProgram> {
    const { nodes, step, write, read } = lowerToTensorFlow(graph);
    const folder = makeFolder();
    const loaded: TensorFlowFunction[] = [];
    try {
      writeSavedModel(folder, {
        nodes,
        signatures: [step, write, read],
        device: device === 'cpu' ? '/device:CPU:0' : '',
      });
      // Signatures of one folder share a session, and with it the variables.
      const load = async (name: string) => {
        const signature = await runtime.node.loadSavedModel(folder, [servingTag], name);
        loaded.push(signature);
        return signature;
      };
      const functions = {
        step: await load('step'),
        write: await load('write'),
        read: await load('read'),
      };
      return new TensorFlowProgram(runtime, graph, functions);
    } catch (error) {
      for (const signature of loaded) signature.dispose();
      throw new BackendError(
        `compile: TensorFlow cannot load the graph: ${(error as Error).message}`,
        'tensorflow',
        { cause: error },
      );
    } finally {
      process.getBuiltinModule('node:fs').rmSync(folder, { recursive: true, force: true });
    }
  }

  run(inputs: Readonly<Record<string, Data>>): Promise<Record<string, Data>> {
    const feeds = this.graph.inputs.map(({ name, value }) => ({ name, value, data: inputs[name] }));
    const wanted = this.graph.outputs.map(({ name }) => name);
    return Promise.resolve(this.call('step', feeds, wanted));
  }

  readStates(): Promise<Record<string, Data>> {
    const changing = this.graph.states.filter(({ input, output }) => input !== output);
    const wanted = changing.map(({ name }) => name);
    return Promise.resolve(wanted.length > 0 ? this.call('read', [], wanted) : {});
  }

  writeStates(states: Readonly<Record<string, Data>>): Promise<void> {
    const feeds = this.graph.states.map(({ name, input }) => ({ name, value: input, data: states[name] }));
    if (feeds.length > 0) this.call('write', feeds, []);
    return Promise.resolve();
  }

  dispose(): Promise<void> {
    for (const loaded of Object.values(this.functions)) loaded.dispose();
    return Promise.resolve();
  }

  private call(
    name: 'step' | 'write' | 'read',
    feeds: readonly { readonly name: string; readonly value: Value; readonly data: Data }[],
    wanted: readonly string[],
  ): Record<string, Data> {
    const tensors = new Set<TensorFlowTensor>();
    const engine = this.runtime.engine();
    try {
      const inputs: Record<string, TensorFlowTensor> = {};
      for (const { name, value, data } of feeds) {
        inputs[name] = this.runtime.tensor(misaligned(data, value.dtype), [...value.shape], value.dtype);
      }
      if (feeds.length === 0)
        inputs[unusedInput] = this.runtime.tensor(misaligned(new Float32Array(1), 'float32'), [], 'float32');
      for (const tensor of Object.values(inputs)) tensors.add(tensor);
      const outputs = this.functions[name].predict(inputs);
      for (const tensor of Object.values(outputs)) tensors.add(tensor);
      return Object.fromEntries(wanted.map((output) => [output, engine.readSync(outputs[output].dataId)]));
    } finally {
      for (const tensor of tensors) engine.disposeTensor(tensor);
    }
  }
}

/** Where TensorFlow reads a graph from. */
function makeFolder(): string {
  const { mkdtempSync } = process.getBuiltinModule('node:fs');
  const { tmpdir } = process.getBuiltinModule('node:os');
  const path = process.getBuiltinModule('node:path');
  try {
    return mkdtempSync(path.join(tmpdir(), 'dist-gan-'));
  } catch (cause) {
    throw new BackendError(
      `compile: TensorFlow reads a graph from a folder, and none can be made (${(cause as Error).message}); name a place for it with TMPDIR`,
      'tensorflow',
      { cause },
    );
  }
}

/**
 * The same elements where TensorFlow does not use them in place, but copies them before the call goes on.
 *
 * An array at a multiple of 64 bytes, as one in four is, it would share, also as the content of a variable, until a
 * thread of its own lets go of it. There tfjs-node gives up its reference to the array, which only JavaScript's thread
 * may do: two threads that did so at once took the process along.
 */
function misaligned(data: Data, dtype: DType): Data {
  // Buffers begin at a multiple of 8 bytes at least, so the element after the first is at none of 16 or more.
  const copy = allocate(dtype, data.length + 1).subarray(1);
  copy.set(data);
  return copy;
}
