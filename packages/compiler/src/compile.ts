import * as tf from '@tensorflow/tfjs-core';
import { BackendError, DisposedError, FeedError, isGanError, OptionError } from '@dist-gan/core';
import type { GraphBuilder } from './graph/builder.js';
import { allocate, inversePermutation, permuteElements, sizeOf } from './graph/shape.js';
import { countOperations, valuesOf } from './graph/traverse.js';
import type { Data, Graph, State } from './graph/types.js';
import { optimizeGraph, type PassName } from './passes/index.js';
import {
  record,
  type InputSpec,
  type RecordedVariable,
  type Recording,
  type TensorFunction,
} from './record/record.js';
import { expandOperations } from './targets/expand.js';
import { lowerToOnnx } from './targets/onnx/lower.js';
import { encodeModel } from './targets/onnx/model.js';
import type { OnnxRuntime } from './targets/onnx/runtime.js';
import { onnxTarget } from './targets/onnx/target.js';
import type { Device, Program, Target, TargetName } from './targets/target.js';
import { lowerToTensorFlow } from './targets/tensorflow/lower.js';
import { servingSignature } from './targets/tensorflow/saved-model.js';
import { writeSavedModel } from './targets/tensorflow/saved-model-folder.js';
import { tensorFlowTarget } from './targets/tensorflow/target.js';

export interface CompileOptions {
  /** The function's inputs: name to shape and element type (float32 where none is given). */
  readonly inputs: Readonly<Record<string, InputSpec>>;
  /** What the graph is lowered to. Default `onnx`; with device `auto` and no target, whichever is faster. */
  readonly target?: TargetName;
  /**
   * Where it runs. Default `cpu`. `auto` tries TensorFlow with a GPU, ONNX Runtime with CUDA, TensorFlow on the
   * CPU and ONNX Runtime on the CPU, in this order, and says through `onWarning` which it is and why.
   */
  readonly device?: Device;
  /** Passes to switch off (or on), for finding out which one is at fault. Default: all that help the target. */
  readonly passes?: Partial<Readonly<Record<PassName, boolean>>>;
  /** Threads that one operation may use. Default: the number of physical cores; on ONNX Runtime one, where the step is small. TensorFlow settles it at the first compile of a process. */
  readonly threads?: number;
  /** Refuse inputs that hold NaN or an infinity. Default false, for the check reads every number. */
  readonly checkFinite?: boolean;
  readonly onWarning?: (message: string) => void;
  /** The module onnxruntime-node or onnxruntime-web, where it should not be found by itself. */
  readonly runtime?: OnnxRuntime;
}

/** What compiling did and cost. Times are in milliseconds; that of the session is with the start of the engine. */
export interface CompileReport {
  readonly target: TargetName;
  readonly device: Exclude<Device, 'auto'>;
  /** Name and version of what runs it, for instance `TensorFlow 2.15.1`. */
  readonly engine: string;
  /** Operations as recorded, and as they run. */
  readonly operationsRecorded: number;
  readonly operationsRun: number;
  /** Names of the variables that the function reads or assigns. */
  readonly variables: readonly string[];
  readonly recordMs: number;
  readonly passMs: number;
  readonly sessionMs: number;
}

export interface OutputTensor {
  readonly data: Data;
  readonly shape: number[];
}

/** A compiled function with its state. */
export interface Compiled {
  /** One call. Inputs are row-major; outputs are new arrays. Calls that overlap run one after the other. */
  run(inputs: Readonly<Record<string, Data>>): Promise<Record<string, OutputTensor>>;
  /** Copies the engine's state into the variables of TensorFlow.js. */
  readVariables(): Promise<void>;
  /** Copies the variables of TensorFlow.js into the engine's state. */
  writeVariables(): Promise<void>;
  /** The function as an ONNX file; state enters as inputs and leaves as outputs whose names end in an apostrophe. */
  toOnnx(): Uint8Array;
  /**
   * Writes the function, with its state as it is now, as a TensorFlow SavedModel into a folder: one signature, whose
   * calls change the state. Node only.
   */
  toSavedModel(folder: string): Promise<void>;
  readonly report: CompileReport;
  /** Frees the engine's memory. The variables of TensorFlow.js are not touched. */
  dispose(): void;
}

/**
 * Records a function of tensors once and makes one program of it: forward, gradients of any order and
 * updates of variables in one call of the engine.
 *
 * The function must be pure in (variables, inputs): random numbers, learning rates and whatever else
 * changes enter as inputs. Variables that it reads or assigns are found by recording; their content is
 * copied into the engine now, and is the engine's from then on until `readVariables()`.
 *
 * @throws CompileError the function reads a value, draws random numbers, creates variables, or uses a kernel that has no entry.
 * @throws BackendError the engine is not installed or has no such device.
 *
 * @example
 * const weight = tf.variable(tf.scalar(1));
 * const step = await compile(
 *   ({ x }) => {
 *     const { value, grads } = tf.variableGrads(() => tf.mean(tf.square(tf.mul(weight, x))), [weight]);
 *     weight.assign(tf.sub(weight, tf.mul(0.1, grads[weight.name])));
 *     return { loss: value };
 *   },
 *   { inputs: { x: { shape: [4] } } },
 * );
 * const { loss } = await step.run({ x: Float32Array.of(1, 2, 3, 4) });  // loss.data[0] is 7.5
 * await step.readVariables();                                           // weight is 1 - 0.1 * 15 = -0.5
 */
export async function compile(fn: TensorFunction, options: CompileOptions): Promise<Compiled> {
  checkOptions(options);
  const started = performance.now();
  const recording = record(fn, options.inputs);
  const recorded = performance.now();

  const { graph: original, variables } = graphOf(recording);
  const { target, device, engine, graph, program, passMs } = await firstThatWorks(options, async (choice) => {
    const { target, device } = choice;
    const engine = await target.start({ ...options, device }, original);
    const begin = performance.now();
    const expanded = target.expand(original, recording.builder, device);
    const graph = optimizeGraph(expanded, recording.builder, { ...target.passes, ...options.passes });
    const passMs = performance.now() - begin;
    return { ...choice, engine, graph, passMs, program: await engine.createProgram(graph) };
  });

  const report: CompileReport = {
    target: target.name,
    device,
    engine: engine.title,
    operationsRecorded: countOperations(original),
    operationsRun: countOperations(graph),
    variables: variables.map((variable) => variable.name),
    recordMs: recorded - started,
    passMs,
    sessionMs: performance.now() - recorded - passMs,
  };
  const compiled = new CompiledFunction(
    { graph: original, builder: recording.builder },
    graph,
    program,
    variables,
    report,
    options,
  );
  await compiled.writeVariables();
  return compiled;
}

interface Choice {
  readonly target: Target;
  readonly device: Exclude<Device, 'auto'>;
}

/** Targets and devices in the order in which they are tried; one where the options leave no choice. */
function choicesOf({ target, device = 'cpu', runtime }: CompileOptions): Choice[] {
  const wanted = target ?? (device !== 'auto' || runtime ? 'onnx' : undefined);
  const targets = [tensorFlowTarget, onnxTarget(runtime)];
  const devices = device === 'auto' ? (['cuda', 'cpu'] as const) : [device];
  return devices.flatMap((on) =>
    targets
      .filter(({ name }) => wanted === undefined || name === wanted)
      .map((one) => ({ target: one, device: on })),
  );
}

/** The first choice that an engine takes. What was tried before it, and why not, is told. */
async function firstThatWorks<Result>(
  options: CompileOptions,
  attempt: (choice: Choice) => Promise<Result>,
): Promise<Result> {
  const choices = choicesOf(options);
  const refusals: string[] = [];
  for (const choice of choices) {
    try {
      const result = await attempt(choice);
      if (options.device === 'auto') {
        const reasons = refusals.length > 0 ? ` (${refusals.join(' ')})` : '';
        options.onWarning?.(
          `compile: this runs on target "${choice.target.name}", device "${choice.device}"${reasons}`,
        );
      }
      return result;
    } catch (error) {
      if (choices.length === 1 || !isGanError(error, 'BACKEND_UNAVAILABLE')) throw error;
      refusals.push(error.message.replace(/^compile: /, ''));
    }
  }
  throw new BackendError(`compile: no engine works here: ${refusals.join(' ')}`, 'auto');
}

function checkOptions({ inputs, target = 'onnx', device = 'cpu' }: CompileOptions): void {
  if (!['onnx', 'tensorflow'].includes(target)) {
    throw new OptionError(
      `compile: target must be "onnx" or "tensorflow", got ${JSON.stringify(target)}.`,
      'target',
      target,
    );
  }
  if (!['cpu', 'webgpu', 'cuda', 'auto'].includes(device)) {
    throw new OptionError(
      `compile: device must be "cpu", "webgpu", "cuda" or "auto", got ${JSON.stringify(device)}.`,
      'device',
      device,
    );
  }
  for (const [name, { shape }] of Object.entries(inputs)) {
    if (!shape.every((dimension) => Number.isInteger(dimension) && dimension >= 0)) {
      throw new OptionError(
        `compile: inputs.${name}.shape must have whole numbers, got [${shape.join(', ')}]; every size is fixed when a step is compiled.`,
        `inputs.${name}.shape`,
        shape,
      );
    }
  }
}

/** The graph of a recording, with the variables that it really uses as its states. */
function graphOf({ inputs, variables, outputs }: Recording): { graph: Graph; variables: tf.Variable[] } {
  const toState = ({ variable, before, after }: RecordedVariable, index: number): State => ({
    name: `state/${variable.name}`,
    input: before,
    output: after,
    parts: [{ variable: index, offset: 0, size: sizeOf(before.shape) }],
  });
  const assigned = variables.filter(({ before, after }) => before !== after);
  const needed = new Set(valuesOf({ inputs, outputs, states: assigned.map(toState) }));
  const used = variables.filter(({ before }) => needed.has(before));
  return {
    graph: { inputs, outputs, states: used.map(toState) },
    variables: used.map(({ variable }) => variable),
  };
}

class CompiledFunction implements Compiled {
  private last: Promise<unknown> = Promise.resolve();
  private disposed = false;

  constructor(
    private readonly recorded: { readonly graph: Graph; readonly builder: GraphBuilder },
    private readonly graph: Graph,
    private readonly program: Program,
    private readonly variables: readonly tf.Variable[],
    readonly report: CompileReport,
    private readonly options: CompileOptions,
  ) {}

  run(inputs: Readonly<Record<string, Data>>): Promise<Record<string, OutputTensor>> {
    return this.enqueue(async () => {
      checkFeeds(this.graph, inputs, this.options.checkFinite ?? false);
      const outputs = await this.program.run(inputs);
      return Object.fromEntries(
        this.graph.outputs.map(({ name, value }) => [name, { data: outputs[name], shape: [...value.shape] }]),
      );
    });
  }

  readVariables(): Promise<void> {
    return this.enqueue(async () => {
      for (const [variable, content] of await this.changedContents())
        tf.tidy(() => variable.assign(tf.tensor(content, variable.shape, variable.dtype)));
    });
  }

  /** What the engine holds of the variables that the function assigns. */
  private async changedContents(): Promise<Map<tf.Variable, Data>> {
    const states = await this.program.readStates();
    const contents = new Map<tf.Variable, Data>();
    for (const { name, input, parts, permutation } of this.graph.states) {
      if (!(name in states)) continue;
      const kept = states[name];
      const data = permutation ? permuteElements(kept, input.shape, inversePermutation(permutation)) : kept;
      for (const { variable, offset, size } of parts)
        contents.set(this.variables[variable], data.slice(offset, offset + size));
    }
    return contents;
  }

  writeVariables(): Promise<void> {
    return this.enqueue(async () => {
      const states: Record<string, Data> = {};
      for (const { name, input, parts, permutation } of this.graph.states) {
        const data = allocate(input.dtype, sizeOf(input.shape));
        for (const { variable: index, offset } of parts) {
          const variable = this.variables[index];
          if (variable.isDisposed) throw new DisposedError(`compile: the variable ${variable.name}`);
          const content = await variable.data<'float32'>();
          data.set(permutation ? permuteElements(content, variable.shape, permutation) : content, offset);
        }
        states[name] = data;
      }
      await this.program.writeStates(states);
    });
  }

  toOnnx(): Uint8Array {
    const { graph, builder } = this.recorded;
    const expanded = expandOperations(graph, builder, 'onnx');
    return encodeModel(lowerToOnnx(optimizeGraph(expanded, builder, this.options.passes)));
  }

  toSavedModel(folder: string): Promise<void> {
    return this.enqueue(async () => {
      const { graph, builder } = this.recorded;
      const changed = await this.changedContents();
      const states = new Map<string, Data>();
      for (const { name, parts } of graph.states) {
        const variable = this.variables[parts[0].variable];
        states.set(name, changed.get(variable) ?? (await variable.data<'float32'>()));
      }
      const passes = { ...tensorFlowTarget.passes, ...this.options.passes };
      const optimized = optimizeGraph(expandOperations(graph, builder, 'tensorflow'), builder, passes);
      const { nodes, step, initializer } = lowerToTensorFlow(optimized, { states });
      writeSavedModel(folder, { nodes, initializer, signatures: [{ ...step, name: servingSignature }] });
    });
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    void this.last.then(() => this.program.dispose());
  }

  /** Calls share the state, so they run in the order in which they were made. */
  private enqueue<T>(task: () => T | Promise<T>): Promise<T> {
    if (this.disposed) return Promise.reject(new DisposedError('compile: this compiled function'));
    const result = this.last.then(task);
    this.last = result.catch(() => undefined);
    return result;
  }
}

const arrayTypes = { float32: Float32Array, int32: Int32Array, bool: Uint8Array } as const;

function checkFeeds(graph: Graph, inputs: Readonly<Record<string, Data>>, checkFinite: boolean): void {
  for (const { name, value } of graph.inputs) {
    const data = inputs[name];
    if (data === undefined) {
      throw new FeedError(
        `run: the input "${name}" is missing; this function takes ${inputNames(graph)}.`,
        name,
      );
    }
    const wanted = arrayTypes[value.dtype];
    if (!(data instanceof wanted)) {
      throw new FeedError(
        `run: the input "${name}" is ${value.dtype} and must be a ${wanted.name}, got ${typeName(data)}.`,
        name,
      );
    }
    if (data.length !== sizeOf(value.shape)) {
      throw new FeedError(
        `run: the input "${name}" has shape [${value.shape.join(', ')}], which is ${sizeOf(value.shape)} numbers, got ${data.length}; ` +
          `a function compiled for one batch size takes no other.`,
        name,
      );
    }
    const bad =
      checkFinite && value.dtype === 'float32'
        ? (data as Float32Array).findIndex((x) => !Number.isFinite(x))
        : -1;
    if (bad >= 0)
      throw new FeedError(
        `run: the input "${name}" holds ${data[bad]} at position ${bad}; all must be finite.`,
        name,
      );
  }
  for (const name of Object.keys(inputs)) {
    if (!graph.inputs.some((input) => input.name === name)) {
      throw new FeedError(
        `run: there is no input "${name}"; this function takes ${inputNames(graph)}.`,
        name,
      );
    }
  }
}

const inputNames = (graph: Graph) => graph.inputs.map(({ name }) => `"${name}"`).join(', ') || 'no inputs';
const typeName = (data: unknown) => (data as object | null)?.constructor?.name ?? String(data);
