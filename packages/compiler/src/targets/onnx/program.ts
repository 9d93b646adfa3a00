import { BackendError } from '@dist-gan/core';
import { allocate, sizeOf } from '../../graph/shape.js';
import { valuesOf } from '../../graph/traverse.js';
import type { Data, Graph, Value } from '../../graph/types.js';
import { withoutBranches } from './branchless.js';
import { lowerToOnnx, stateOutputName } from './lower.js';
import { encodeModel } from './model.js';
import type { EngineOptions, Program } from '../target.js';
import type { OnnxRuntime, OnnxSession, OnnxTensor } from './runtime.js';
import { threadsWorthTrying, type Threads } from './threads.js';

/** A state in the runtime: the tensor of the last step and, where steps write in place, a second one for the next. */
interface Slot {
  readonly name: string;
  readonly value: Value;
  readonly changes: boolean;
  current: OnnxTensor;
  next: OnnxTensor | undefined;
}

/**
 * A session with its state.
 *
 * On onnxruntime-node each state that changes has two buffers: a step reads one and the engine writes
 * straight into the other, then they swap, and nothing is copied between steps. onnxruntime-web does not
 * write into given buffers; there the tensors that come out of a step go into the next, and on a GPU they
 * stay there.
 */
export class OnnxProgram implements Program {
  private constructor(
    private readonly runtime: OnnxRuntime,
    private readonly session: OnnxSession,
    private readonly graph: Graph,
    private readonly slots: readonly Slot[],
    readonly threads: Threads,
  ) {}

  /** With the threads that are asked for; otherwise with those on which the graph is fastest. */
  static async create(graph: Graph, runtime: OnnxRuntime, options: EngineOptions): Promise<OnnxProgram> {
    const { device, threads } = options;
    const lowered = lowerToOnnx(graph);
    const isWasm = device === 'cpu' && !writesInPlace(runtime);
    const model = encodeModel(isWasm ? withoutBranches(lowered) : lowered);
    const onThreads = (count: Threads) => OnnxProgram.start(graph, model, runtime, device, count);
    if (threads !== undefined) return onThreads(threads);
    const choices = threadsWorthTrying(graph);
    // A page settles its threads once for all sessions, and a GPU has its own.
    const isOpen = choices.length > 1 && device === 'cpu' && !isWasm;
    if (!isOpen) return onThreads(choices[0]);
    // Pages do not load what they do not measure with.
    const { fastestProgram } = await import('./fastest-program.js');
    const zeros = graph.inputs.map(({ name, value }) => [name, allocate(value.dtype, sizeOf(value.shape))]);
    return fastestProgram(
      choices.map((count) => () => onThreads(count)),
      Object.fromEntries(zeros) as Record<string, Data>,
    );
  }

  private static async start(
    graph: Graph,
    model: Uint8Array,
    runtime: OnnxRuntime,
    device: EngineOptions['device'],
    threads: Threads,
  ): Promise<OnnxProgram> {
    const small = bytesOfResults(graph) < 1 << 26;
    let session: OnnxSession;
    try {
      session = await runtime.InferenceSession.create(model, {
        // Nothing beside the device: what it lacks runs on the CPU anyway, and onnxruntime-web would take a
        // second name for leave to run everything there.
        executionProviders: [device],
        ...(threads === undefined ? {} : { intraOpNumThreads: threads }),
        // Weights that stay are packed for convolutions. A step of training has none, and what else could be made simpler is already: a small
        // one is not faster for it, and its session takes three times as long to make.
        graphOptimizationLevel: small && trains(graph) ? 'disabled' : 'all',
        // A plan of all buffers saves a few hundredths of a small step, and half as much memory again of a large one.
        enableMemPattern: small,
        logSeverityLevel: 3,
        ...(device === 'webgpu' && !writesInPlace(runtime)
          ? { preferredOutputLocation: stateLocations(graph) }
          : {}),
        // Second moments of an optimizer decay to denormal numbers, which a CPU handles very slowly.
        extra: { session: { set_denormal_as_zero: '1' } },
      });
    } catch (error) {
      throw new BackendError(explain(device, error as Error), 'onnx', { cause: error });
    }
    const tensor = (value: Value) => makeTensor(runtime, value, allocate(value.dtype, sizeOf(value.shape)));
    const slots = graph.states.map(({ name, input, output }): Slot => {
      const changes = output !== input;
      return {
        name,
        value: input,
        changes,
        current: tensor(input),
        next: changes && writesInPlace(runtime) ? tensor(input) : undefined,
      };
    });
    return new OnnxProgram(runtime, session, graph, slots, threads);
  }

  async run(inputs: Readonly<Record<string, Data>>): Promise<Record<string, Data>> {
    const feeds: Record<string, OnnxTensor> = {};
    const fetches: Record<string, OnnxTensor | null> = {};
    for (const { name, value } of this.graph.inputs)
      feeds[name] = makeTensor(this.runtime, value, inputs[name]);
    for (const { name, changes, current, next } of this.slots) {
      feeds[name] = current;
      if (changes) fetches[stateOutputName(name)] = next ?? null;
    }
    const inPlace = writesInPlace(this.runtime);
    for (const { name, value } of this.graph.outputs) {
      fetches[name] = inPlace
        ? makeTensor(this.runtime, value, allocate(value.dtype, sizeOf(value.shape)))
        : null;
    }
    if (Object.keys(fetches).length === 0) return {};
    const results = await this.session.run(feeds as never, fetches as never);
    for (const slot of this.slots) {
      if (!slot.changes) continue;
      const previous = slot.current;
      slot.current = results[stateOutputName(slot.name)];
      if (slot.next) slot.next = previous;
      else previous.dispose?.();
    }
    return Object.fromEntries(this.graph.outputs.map(({ name }) => [name, results[name].data as Data]));
  }

  async readStates(): Promise<Record<string, Data>> {
    const states: Record<string, Data> = {};
    for (const { name, changes, current } of this.slots) {
      if (!changes) continue;
      states[name] = (current.location === 'gpu-buffer' ? await current.getData!() : current.data) as Data;
    }
    return states;
  }

  writeStates(states: Readonly<Record<string, Data>>): Promise<void> {
    for (const slot of this.slots) {
      const previous = slot.current;
      slot.current = makeTensor(this.runtime, slot.value, states[slot.name]);
      previous.dispose?.();
    }
    return Promise.resolve();
  }

  async dispose(): Promise<void> {
    await this.session.release();
    for (const { current, next } of this.slots) {
      current.dispose?.();
      next?.dispose?.();
    }
  }
}

function explain(device: EngineOptions['device'], { message }: Error): string {
  if (device === 'webgpu' && /adapter|WebGPU (is )?not/i.test(message))
    return (
      'compile: there is no WebGPU device here (no graphics adapter was found); it takes a graphics driver ' +
      '(Vulkan, Metal or Direct3D 12) and, in a browser, WebGPU switched on. Or use device "cpu".'
    );
  return `compile: ONNX Runtime cannot make a session on device "${device}": ${message}`;
}

/** onnxruntime-node writes results into the tensors that it is given; it alone lists its backends. */
function writesInPlace(runtime: OnnxRuntime): boolean {
  return 'listSupportedBackends' in runtime;
}

function trains({ states }: Graph): boolean {
  return states.some(({ input, output }) => input !== output);
}

/** What all operations of one step write. */
function bytesOfResults(graph: Graph): number {
  return valuesOf(graph).reduce(
    (sum, { inputs, shape }) => sum + (inputs.length > 0 ? 4 * sizeOf(shape) : 0),
    0,
  );
}

function stateLocations(graph: Graph): Record<string, 'gpu-buffer'> {
  const changing = graph.states.filter(({ input, output }) => input !== output);
  return Object.fromEntries(changing.map(({ name }) => [stateOutputName(name), 'gpu-buffer']));
}

function makeTensor(runtime: OnnxRuntime, { dtype, shape }: Value, data: Data): OnnxTensor {
  return new runtime.Tensor(dtype as never, data as never, shape);
}
