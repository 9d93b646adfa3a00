import { DisposedError } from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import type { GraphBuilder } from '../graph/builder.js';
import { allocate, inversePermutation, permuteElements, sizeOf } from '../graph/shape.js';
import type { Data, Graph } from '../graph/types.js';
import { expandOperations } from '../targets/expand.js';
import { lowerToOnnx } from '../targets/onnx/lower.js';
import { encodeModel } from '../targets/onnx/model.js';
import { onnxTarget } from '../targets/onnx/target.js';
import { optimizeFor } from '../targets/optimize.js';
import type { Program } from '../targets/target.js';
import { tensorFlowTarget } from '../targets/tensorflow/target.js';
import { checkFeeds } from './check-feeds.js';
import type { Compiled, CompileReport } from './compiled.js';
import type { CompileOptions } from './options.js';
import type { OutputTensor } from './typed-tensors.js';

/** The program of a function and the variables that are its state. */
export class CompiledFunction implements Compiled {
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
        this.graph.outputs.map(({ name, value }) => [
          name,
          { data: outputs[name], shape: [...value.shape] } as OutputTensor,
        ]),
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
    return encodeModel(
      lowerToOnnx(optimizeFor(onnxTarget(), expanded, builder, undefined, this.options.passes)),
    );
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
      const expanded = expandOperations(graph, builder, 'tensorflow');
      const own = await tensorFlowTarget.ownPasses?.();
      const optimized = optimizeFor(tensorFlowTarget, expanded, builder, own, this.options.passes);
      const { saveGraph } = await import('../targets/tensorflow/save-graph.js');
      saveGraph(folder, optimized, states);
    });
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    void this.last.then(() => this.program.dispose());
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  /** Calls share the state, so they run in the order in which they were made. */
  private enqueue<T>(task: () => T | Promise<T>): Promise<T> {
    if (this.disposed) return Promise.reject(new DisposedError('compile: this compiled function'));
    const result = this.last.then(task);
    this.last = result.catch(() => undefined);
    return result;
  }
}
