import type { GraphBuilder } from '../graph/builder.js';
import { elementsOf, repeatedElement } from '../graph/constants.js';
import { isOperation, traitsOf } from '../graph/operation.js';
import { rewriteGraph } from '../graph/rewrite.js';
import { allocate, sizeOf } from '../graph/shape.js';
import { constant } from '../graph/sources.js';
import type { Content, Data, Shape, Value } from '../graph/types.js';
import { broadcastTo } from '../operations/movement/broadcast.js';
import type { Pass } from './pass.js';

/** Constants larger than this stay computed: a file should not carry what a node makes in no time. */
const largestFolded = 1 << 16;

/** Computes at compile time what depends on constants alone. */
export const constantFolding: Pass = (graph, builder) =>
  rewriteGraph(graph, builder, (value, inputs) => {
    if (inputs.length === 0 || !inputs.every(isConstant)) return undefined;
    return foldRepeated(builder, value, inputs) ?? foldElements(builder, value, inputs);
  });

const isConstant = (value: Value) => isOperation(value, constant);

/** Where every operand repeats one element, so does the result, whatever its size. */
function foldRepeated(builder: GraphBuilder, value: Value, inputs: readonly Value[]): Value | undefined {
  const elements = inputs.map(repeatedElement);
  if (!elements.every((element) => element !== undefined)) return undefined;
  const element = value.operation.element?.(value.attributes);
  if (element) return builder.fill(element(...elements), value.shape, value.dtype);
  return traitsOf(value).movement ? builder.fill(elements[0], value.shape, value.dtype) : undefined;
}

function foldElements(
  builder: GraphBuilder,
  value: Value,
  inputs: readonly Value<Content>[],
): Value | undefined {
  if (sizeOf(value.shape) > largestFolded) return undefined;
  const { operation, attributes, shape, dtype } = value;
  const operands = inputs.map(elementsOf);
  const evaluated = operation.evaluate?.({ ...value, inputs }, operands);
  if (evaluated) return builder.constant(evaluated, shape, dtype);
  const element = operation.element?.(attributes);
  if (!element) return undefined;
  const spread = operands.map((data, at) => broadcast(data, inputs[at], shape));
  const result = allocate(dtype, sizeOf(shape)).map((_, at) => element(...spread.map((data) => data[at])));
  return builder.constant(result, shape, dtype);
}

/** The elements of an operand in the places of a result that it broadcasts to. */
function broadcast(data: Data, operand: Value, shape: Shape): Data {
  if (data.length === sizeOf(shape)) return data;
  const spread = { ...operand, operation: broadcastTo, inputs: [operand], attributes: { shape }, shape };
  return broadcastTo.evaluate!(spread, [data]);
}
