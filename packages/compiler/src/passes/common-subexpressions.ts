import { traitsOf } from '../graph/operation.js';
import { rewriteGraph } from '../graph/rewrite.js';
import type { Attributes, Value } from '../graph/types.js';
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
    const kept = builder.reapply(value, inputs);
    known.set(key, kept);
    return kept;
  });
};

function keyOf(value: Value, inputs: readonly Value[]): string | undefined {
  const attributes = wordsOf(value.attributes);
  if (attributes === undefined) return undefined;
  const operands = inputs.map((input) => input.id);
  if (traitsOf(value).commutative) operands.sort((a, b) => a - b);
  return `${value.operation.name}(${operands.join()};${attributes}):${value.dtype}[${value.shape.join()}]`;
}

/** Of attributes that were asked for before: a value that is made anew has the same ones. */
const knownWords = new WeakMap<Attributes, string | undefined>();

function wordsOf(attributes: Attributes): string | undefined {
  if (!knownWords.has(attributes)) knownWords.set(attributes, findWords(attributes));
  return knownWords.get(attributes);
}

function findWords(attributes: Attributes): string | undefined {
  const words: string[] = [];
  for (const [name, attribute] of Object.entries(attributes)) {
    const parts: ArrayLike<unknown> = ArrayBuffer.isView(attribute) ? attribute : [attribute].flat(2);
    if (parts.length > longestCompared) return undefined;
    words.push(`${name}=${Array.from(parts, (x) => (Object.is(x, -0) ? '-0' : x)).join()}`);
  }
  return words.sort().join(';');
}
