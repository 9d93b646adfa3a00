import { traitsOf } from '../graph/operation.js';
import { rewriteGraph } from '../graph/rewrite.js';
import type { Value } from '../graph/types.js';
import type { Pass } from './pass.js';

/** Longer constants are compared by identity only. */
const longestCompared = 4096;

/** Computes once what is written twice with the same operands and attributes. */
export const commonSubexpressions: Pass = (graph, builder) => {
  const known = new Map<string, Value>();
  return rewriteGraph(graph, builder, (value, inputs) => {
    const key = keyOf(value, inputs);
    if (key === undefined) return undefined;
    const existing = known.get(key);
    if (existing) return existing;
    const unchanged = inputs.every((input, at) => input === value.inputs[at]);
    const kept = unchanged ? value : builder.apply(value.operation, inputs, value.attributes);
    known.set(key, kept);
    return kept;
  });
};

function keyOf(value: Value, inputs: readonly Value[]): string | undefined {
  const attributes: string[] = [];
  for (const [name, attribute] of Object.entries(value.attributes)) {
    if (!ArrayBuffer.isView(attribute)) attributes.push(`${name}=${JSON.stringify(attribute)}`);
    else if (attribute.length > longestCompared) return undefined;
    else attributes.push(`${name}=${Array.from(attribute, (x) => (Object.is(x, -0) ? '-0' : x)).join()}`);
  }
  const operands = inputs.map((input) => input.id);
  if (traitsOf(value).commutative) operands.sort((a, b) => a - b);
  return `${value.operation.name}(${operands.join()};${attributes.sort().join(';')}):${value.dtype}[${value.shape.join()}]`;
}
