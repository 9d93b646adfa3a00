import { TensorFlowEmitter } from '../../emitters/tensorflow-emitter.js';
import { type, type NodeDef } from '../../emitters/tensorflow-nodes.js';
import { repeatedElement } from '../../graph/constants.js';
import { isOperation } from '../../graph/operation.js';
import { allocate } from '../../graph/shape.js';
import { constant, result } from '../../graph/sources.js';
import { valuesOf } from '../../graph/traverse.js';
import type { Content, Data, Graph, State, Value } from '../../graph/types.js';
import { definitionOf } from '../../operations/definition.js';
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
  /** The node that gives the states their first contents, where those are in the file. */
  readonly initializer?: string;
}

/** A signature must have an input; one that needs none takes this scalar, and ignores it. */
export const unusedInput = 'unused';

interface LoweringOptions {
  /** Store small tensors that are equal once. Default true. */
  readonly shareConstants?: boolean;
  /** First contents of the states, to be stored in the file; by default they are written by a call. */
  readonly states?: ReadonlyMap<string, Data>;
}

/** Writes the graph as TensorFlow nodes, with its states in resource variables. */
export function lowerToTensorFlow(
  graph: Graph,
  { shareConstants = true, states }: LoweringOptions = {},
): LoweredGraph {
  const emitter = new TensorFlowEmitter(shareConstants);
  const inputs = graph.inputs.map(({ name, value }) => {
    const tensor = placeholder(emitter, value);
    emitter.written(value, tensor);
    return port(name, tensor, value);
  });
  const variables = new Map(graph.states.map((state) => [state, declareVariable(emitter, state)]));
  const assigns = emitStep(emitter, graph, variables);
  const outputs = graph.outputs.map(({ name, value }) =>
    port(name, identity(emitter, value, emitter.tensorOf(value), assigns), value),
  );
  return {
    nodes: emitter.nodes,
    step: signature(emitter, { name: 'step', inputs, outputs, assigns }),
    write: writeSignature(emitter, variables),
    read: readSignature(emitter, variables),
    initializer: states && emitInitializer(emitter, variables, states),
  };
}

/** The node of the resource variable of every state. */
type Variables = ReadonlyMap<State, string>;

/** Everything that a step computes; gives the nodes that change states. */
function emitStep(emitter: TensorFlowEmitter, graph: Graph, variables: Variables): string[] {
  const given = new Set([
    ...graph.inputs.map(({ value }) => value),
    ...graph.states.map(({ input }) => input),
  ]);
  for (const value of valuesOf(graph)) if (!given.has(value)) emitValue(emitter, value);
  const assigns = graph.states.flatMap((state) => {
    const { input, output } = state;
    if (input === output) return [];
    const inPlace = emitter.changeTo(output);
    if (inPlace !== undefined && emitter.variableOf(output) === variables.get(state)) return [inPlace];
    // The variable is read before it is written, also where the new content does not depend on the old.
    const inputs = [emitter.tensorOf(output), `^${emitter.tensorOf(input)}`];
    return [assign(emitter, variables.get(state)!, output, inputs)];
  });
  return [...new Set(assigns)];
}

function writeSignature(emitter: TensorFlowEmitter, variables: Variables): Signature {
  const contents = [...variables].map(([{ name, input }, variable]) => {
    const content = placeholder(emitter, input);
    return { port: port(name, content, input), assign: assign(emitter, variable, input, [content]) };
  });
  const inputs = contents.map((content) => content.port);
  return signature(emitter, {
    name: 'write',
    inputs,
    outputs: [],
    assigns: contents.map((content) => content.assign),
  });
}

function readSignature(emitter: TensorFlowEmitter, variables: Variables): Signature {
  const outputs = [...variables].flatMap(([{ name, input, output }, variable]) =>
    input === output ? [] : [port(name, readVariable(emitter, variable, input), input)],
  );
  return signature(emitter, { name: 'read', inputs: [], outputs, assigns: [] });
}

/** A node that gives the states contents that are stored in the file. */
function emitInitializer(
  emitter: TensorFlowEmitter,
  variables: Variables,
  states: ReadonlyMap<string, Data>,
): string {
  const assigns = [...variables].map(([{ name, input }, variable]) => {
    const content = emitter.constant(states.get(name)!, input.shape, input.dtype);
    return assign(emitter, variable, input, [content]);
  });
  return emitter.node(
    'NoOp',
    assigns.map((name) => `^${name}`),
  );
}

/** A signature with an input and an output at least, for it cannot do with less. */
function signature(
  emitter: TensorFlowEmitter,
  { name, inputs, outputs, assigns }: Signature & { readonly assigns: readonly string[] },
): Signature {
  const unused = () =>
    port(
      unusedInput,
      emitter.node('Placeholder', [], { dtype: type('float32'), shape: { shape: [] } }),
      scalar,
    );
  const done = () => port('done', identity(emitter, scalar, emitter.scalar(0), assigns), scalar);
  return {
    name,
    inputs: inputs.length > 0 ? inputs : [unused()],
    outputs: outputs.length > 0 ? outputs : [done()],
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
function declareVariable(emitter: TensorFlowEmitter, { name, input }: State): string {
  const { dtype, shape } = input;
  const variable = emitter.node('VarHandleOp', [], {
    dtype: type(dtype),
    shape: { shape },
    shared_name: name,
  });
  emitter.written(input, readVariable(emitter, variable, input));
  emitter.contentOf(input, variable);
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
  if (isOperation(value, constant)) {
    emitter.written(value, emitter.constant(dataOf(value), value.shape, value.dtype));
    return;
  }
  // Another result of an operation that is written already.
  if (isOperation(value, result)) return;
  const lowering = definitionOf(value)?.tensorflow;
  if (!lowering || !('emit' in lowering))
    throw new Error(`${value.operation.name} was not expanded for TensorFlow`);
  const operands = value.inputs.map((input) => emitter.tensorOf(input));
  emitter.written(value, lowering.emit(emitter, value, operands));
}

function dataOf(value: Value<Content>): Data {
  const element = repeatedElement(value);
  return element === undefined ? value.attributes.data : allocate(value.dtype, 1).fill(element);
}
