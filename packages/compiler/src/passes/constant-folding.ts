import type { GraphBuilder } from '../graph/builder.js';
import { elementsOf, repeatedElement } from '../graph/constants.js';
import { isOperation, traitsOf } from '../graph/operation.js';
import { rewriteGraph } from '../graph/rewrite.js';
import { allocate, sizeOf, stridesOf } from '../graph/shape.js';
import { constant } from '../graph/sources.js';
import type { Content, Data, Shape, Value } from '../graph/types.js';
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

function broadcast(data: Data, { shape, dtype }: Value, to: Shape): Data {
  if (data.length === sizeOf(to)) return data;
  const lead = to.length - shape.length;
  const strides = stridesOf(shape).map((stride, axis) => (shape[axis] === 1 ? 0 : stride));
  const outer = stridesOf(to);
  return allocate(dtype, sizeOf(to)).map((_, at) => {
    let [rest, source] = [at, 0];
    for (let axis = 0; axis < to.length; axis++) {
      const position = Math.floor(rest / outer[axis]);
      rest -= position * outer[axis];
      if (axis >= lead) source += position * strides[axis - lead];
    }
    return data[source];
  });
}
