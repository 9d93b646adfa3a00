import type { OnnxEmitter } from '../emitters/onnx-emitter.js';
import type { TensorFlowEmitter } from '../emitters/tensorflow-emitter.js';
import type { GraphBuilder } from '../graph/builder.js';
import type { Attributes, NoAttributes, Operation, Value } from '../graph/types.js';

/**
 * How an operation runs on a target: `emit` writes the target's own nodes and returns the name of the
 * result, or those of all results; `expand` writes it with other operations of the graph, before the passes run.
 */
export type Lowering<Emitter, Own extends Attributes = Attributes> =
  | { emit(target: Emitter, value: Value<Own>, inputs: readonly string[]): string | readonly string[] }
  | { expand(graph: GraphBuilder, value: Value<Own>, preferences: Preferences): Value };

/** What an engine is good at, where an operation can be written in more than one way. */
export interface Preferences {
  /** Large matrix products are faster than the engine's own convolutions with weights that change. */
  readonly products: boolean;
}

/** All that there is to say of an operation. */
export interface Definition<Own extends Attributes = Attributes> extends Operation<Own> {
  /** One column per target; missing where only another target's expansions and passes make the operation. */
  readonly onnx?: Lowering<OnnxEmitter, Own>;
  readonly tensorflow?: Lowering<TensorFlowEmitter, Own>;
}

/** An operation, and the function that adds it to a graph: `sum(graph, x, { axes: [0], keepDims: false })`. */
export type DefinedOperation<Own extends Attributes, Operands extends readonly Value[]> = Definition<Own> &
  ((graph: GraphBuilder, ...given: Given<Own, Operands>) => Value);

/** The operands, and after them the attributes of an operation that has some. */
type Given<Own extends Attributes, Operands extends readonly Value[]> = Own extends NoAttributes
  ? Operands
  : [...operands: Operands, attributes: Own];

/**
 * Makes an operation of the graph out of what it is.
 *
 * @typeParam Own its attributes: plain JSON or typed arrays
 * @typeParam Operands in their order
 */
export function defineOperation<Own extends Attributes, Operands extends readonly Value[]>(
  definition: Definition<Own>,
): DefinedOperation<Own, Operands> {
  const { name, ...rest } = definition;
  const call = (graph: GraphBuilder, ...given: Given<Own, Operands>): Value => {
    const operands = given.filter(isValue);
    // Only an operation without attributes is given none.
    const attributes = given.find((one) => !isValue(one)) ?? {};
    return graph.apply<Own>(operation, operands, attributes as Own);
  };
  const operation = Object.assign(Object.defineProperty(call, 'name', { value: name }), rest);
  return operation;
}

const isValue = (given: Value | Attributes): given is Value => 'operation' in given;

/** How the operation of a value runs; nothing for what a graph begins with, and for further results of an operation. */
export function definitionOf({ operation }: Value): Definition | undefined {
  return isDefinition(operation) ? operation : undefined;
}

const isDefinition = (operation: Operation): operation is Definition =>
  'onnx' in operation || 'tensorflow' in operation;
