import { BackendError } from '@dist-gan/core';
import { allocate, sizeOf } from '../../graph/shape.js';
import type { Data, Graph, Value } from '../../graph/types.js';
import { lowerToOnnx, stateOutputName } from './lower.js';
import { encodeModel } from './model.js';
import type { Device, OnnxRuntime, OnnxSession, OnnxTensor } from './runtime.js';

/** A state in the runtime: the tensor of the last step, and the one that the next step writes to. */
interface Slot {
  readonly name: string;
  readonly value: Value;
  readonly changes: boolean;
  current: OnnxTensor;
  next: OnnxTensor | undefined;
}

export interface ProgramOptions {
  readonly device: Exclude<Device, 'auto'>;
  readonly threads?: number;
}

/**
 * A session with its state.
 *
 * Each state that changes has two buffers: a step reads one and ONNX Runtime writes straight into the
 * other, then they swap. Nothing is copied between steps.
 */
export class OnnxProgram {
  private constructor(
    private readonly runtime: OnnxRuntime,
    private readonly session: OnnxSession,
    private readonly graph: Graph,
    private readonly slots: readonly Slot[],
  ) {}

  static async create(graph: Graph, runtime: OnnxRuntime, options: ProgramOptions): Promise<OnnxProgram> {
    const { device, threads } = options;
    const model = encodeModel(lowerToOnnx(graph, { prefersProducts: device === 'cpu' }));
    let session: OnnxSession;
    try {
      session = await runtime.InferenceSession.create(model, {
        executionProviders: device === 'cpu' ? ['cpu'] : [device, 'cpu'],
        ...(threads === undefined ? {} : { intraOpNumThreads: threads }),
        graphOptimizationLevel: 'all',
        logSeverityLevel: 3,
        // Second moments of an optimizer decay to denormal numbers, which a CPU handles very slowly.
        extra: { session: { set_denormal_as_zero: '1' } },
      });
    } catch (error) {
      throw new BackendError(
        `compile: ONNX Runtime cannot make a session on device "${device}": ${(error as Error).message}`,
        'onnx',
        { cause: error },
      );
    }
    const tensor = (value: Value) => makeTensor(runtime, value, allocate(value.dtype, sizeOf(value.shape)));
    const slots = graph.states.map(({ name, input, output }): Slot => {
      const changes = output !== input;
      return { name, value: input, changes, current: tensor(input), next: changes ? tensor(input) : undefined };
    });
    return new OnnxProgram(runtime, session, graph, slots);
  }

  async run(inputs: Readonly<Record<string, Data>>): Promise<Record<string, Data>> {
    const feeds: Record<string, OnnxTensor> = {};
    const fetches: Record<string, OnnxTensor> = {};
    for (const { name, value } of this.graph.inputs) feeds[name] = makeTensor(this.runtime, value, inputs[name]);
    for (const { name, current, next } of this.slots) {
      feeds[name] = current;
      if (next) fetches[stateOutputName(name)] = next;
    }
    const outputs: Record<string, Data> = {};
    for (const { name, value } of this.graph.outputs) {
      outputs[name] = allocate(value.dtype, sizeOf(value.shape));
      fetches[name] = makeTensor(this.runtime, value, outputs[name]);
    }
    await this.session.run(feeds as never, fetches as never);
    for (const slot of this.slots) if (slot.next) [slot.current, slot.next] = [slot.next, slot.current];
    return outputs;
  }

  /** The content of a state, which the next steps will overwrite. */
  readState(name: string): Data {
    return this.slots.find((slot) => slot.name === name)!.current.data as Data;
  }

  async dispose(): Promise<void> {
    await this.session.release();
  }
}

function makeTensor(runtime: OnnxRuntime, { dtype, shape }: Value, data: Data): OnnxTensor {
  return new runtime.Tensor(dtype as never, data as never, shape);
}
