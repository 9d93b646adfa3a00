import type { GraphBuilder } from '../../graph/builder.js';
import { repeatedElement } from '../../graph/constants.js';
import { rewriteGraph } from '../../graph/rewrite.js';
import { allocate } from '../../graph/shape.js';
import { valuesOf } from '../../graph/traverse.js';
import type { Data, Graph, State, Value } from '../../graph/types.js';
import { operationOf } from '../../kernels/table.js';
import { TensorFlowEmitter } from './emitter.js';
import { type, type NodeDef } from './graph-def.js';
import type { Signature, SignatureTensor } from './saved-model.js';

/** Feeds and fetches of one call, as signatures: everything goes through these three. */
export interface LoweredGraph {
  readonly nodes: readonly NodeDef[];
  /** Inputs to outputs; what is assigned is assigned before the outputs leave. */
  readonly step: Signature;
  /** Every state, as an input. */
  readonly write: Signature;
  /** The states that change, as outputs. */
  readonly read: Signature;
}

/** Replaces the operations that TensorFlow lacks by others that it has. */
export function expandForTensorFlow(graph: Graph, builder: GraphBuilder): Graph {
  return rewriteGraph(graph, builder, (value, inputs) => {
    if (value.inputs.length === 0) return undefined;
    const lowering = operationOf(value.op).tensorflow;
    return lowering && 'expand' in lowering
      ? lowering.expand(builder, { ...value, inputs }, { products: false })
      : undefined;
  });
}

/** A signature must have an input; one that needs none takes this scalar, and ignores it. */
export const unusedInput = 'unused';

/** Writes the graph as TensorFlow nodes, with its states in resource variables. */
export function lowerToTensorFlow(graph: Graph): LoweredGraph {
  const emitter = new TensorFlowEmitter();
  const inputs = graph.inputs.map(({ name, value }) => {
    const tensor = placeholder(emitter, value);
    emitter.written(value, tensor);
    return port(name, tensor, value);
  });
  const variables = graph.states.map((state) => declareVariable(emitter, state));

  for (const value of valuesOf(graph)) if (!emitter.isWritten(value)) emitValue(emitter, value);

  const assigns = graph.states.flatMap(({ input, output }, at) =>
    input === output
      ? []
      : // The variable is read before it is written, also where the new content does not depend on the old.
        [assign(emitter, variables[at], output, [emitter.tensorOf(output), `^${emitter.tensorOf(input)}`])],
  );
  const results = graph.outputs.map(({ name, value }) => ({ name, value, of: emitter.tensorOf(value) }));
  const outputs = results.map(({ name, value, of }) =>
    port(name, identity(emitter, value, of, assigns), value),
  );

  const writes = graph.states.map(({ name, input }, at) => {
    const content = placeholder(emitter, input);
    return { input: port(name, content, input), assign: assign(emitter, variables[at], input, [content]) };
  });
  const changing = graph.states.flatMap(({ name, input, output }, at) =>
    input === output ? [] : [{ name, input, variable: variables[at] }],
  );
  const reads = changing.map(({ name, input, variable }) =>
    port(name, readVariable(emitter, variable, input), input),
  );
  const unused = port(
    unusedInput,
    emitter.node('Placeholder', [], { dtype: type('float32'), shape: { shape: [] } }),
    scalar,
  );
  const done = (after: readonly string[]) =>
    port('done', identity(emitter, scalar, emitter.scalar(0), after), scalar);
  const orUnused = (ports: SignatureTensor[]) => (ports.length > 0 ? ports : [unused]);
  return {
    nodes: emitter.nodes,
    step: {
      name: 'step',
      inputs: orUnused(inputs),
      outputs: outputs.length > 0 ? outputs : [done(assigns)],
    },
    write: {
      name: 'write',
      inputs: orUnused(writes.map(({ input }) => input)),
      outputs: [done(writes.map((write) => write.assign))],
    },
    read: { name: 'read', inputs: [unused], outputs: reads.length > 0 ? reads : [done([])] },
  };
}

const scalar = { dtype: 'float32', shape: [] } as const;

function port(name: string, node: string, { dtype, shape }: Pick<Value, 'dtype' | 'shape'>): SignatureTensor {
  return { name, tensor: `${node}:0`, dtype, shape };
}

function placeholder(emitter: TensorFlowEmitter, { dtype, shape }: Value): string {
  return emitter.node('Placeholder', [], { dtype: type(dtype), shape: { shape } });
}

/** A copy under a name of its own, made after other nodes have run. */
function identity(
  emitter: TensorFlowEmitter,
  { dtype }: Pick<Value, 'dtype'>,
  of: string,
  after: readonly string[],
): string {
  return emitter.node('Identity', [of, ...after.map((name) => `^${name}`)], { T: type(dtype) });
}

/** The variable of a state, read at the start of a step. */
function declareVariable(emitter: TensorFlowEmitter, { input }: State): string {
  const { dtype, shape } = input;
  const variable = emitter.node('VarHandleOp', [], {
    dtype: type(dtype),
    shape: { shape },
    shared_name: `state_${input.id}`,
  });
  emitter.written(input, readVariable(emitter, variable, input));
  return variable;
}

function readVariable(emitter: TensorFlowEmitter, variable: string, { dtype }: Value): string {
  return emitter.node('ReadVariableOp', [variable], { dtype: type(dtype) });
}

function assign(
  emitter: TensorFlowEmitter,
  variable: string,
  { dtype }: Value,
  inputs: readonly string[],
): string {
  return emitter.node('AssignVariableOp', [variable, ...inputs], { dtype: type(dtype) });
}

function emitValue(emitter: TensorFlowEmitter, value: Value): void {
  if (value.op === 'Constant') {
    emitter.written(value, emitter.constant(dataOf(value), value.shape, value.dtype));
    return;
  }
  const lowering = operationOf(value.op).tensorflow;
  if (!lowering || !('emit' in lowering)) throw new Error(`${value.op} was not expanded for TensorFlow`);
  const operands = value.inputs.map((input) => emitter.tensorOf(input));
  emitter.written(value, lowering.emit(emitter, value, operands));
}

function dataOf(constant: Value): Data {
  const element = repeatedElement(constant);
  return element === undefined
    ? (constant.attributes.data as Data)
    : allocate(constant.dtype, 1).fill(element);
}
