import { valuesOf } from './traverse.js';
import type { Attribute, Graph, Value } from './types.js';

function printAttribute(attribute: Attribute): string {
  if (ArrayBuffer.isView(attribute)) {
    const shown = Array.from(attribute.subarray(0, 4)).join(', ');
    return attribute.length > 4 ? `{${shown}, ... ${attribute.length}}` : `{${shown}}`;
  }
  return JSON.stringify(attribute);
}

function printValue(value: Value): string {
  const inputs = value.inputs.map((input) => `%${input.id}`).join(', ');
  const attributes = Object.entries(value.attributes).map(
    ([key, attribute]) => `${key}=${printAttribute(attribute)}`,
  );
  return `%${value.id} = ${value.operation.name}(${[inputs, ...attributes].filter(Boolean).join(', ')}): ${value.dtype}[${value.shape.join(', ')}]`;
}

/** The graph as text, one operation a line, for reading and for tests. */
export function printGraph(graph: Graph): string {
  return [
    ...valuesOf(graph).map(printValue),
    ...graph.states
      .filter((state) => state.output !== state.input)
      .map((state) => `${state.name} <- %${state.output.id}`),
    ...graph.outputs.map((output) => `return ${output.name} = %${output.value.id}`),
  ].join('\n');
}
