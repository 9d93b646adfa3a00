import { rewriteGraph } from '../graph/rewrite.js';
import type { Value } from '../graph/types.js';
import type { Pass } from './pass.js';

/**
 * Masks of rectifiers read the rectified value instead of what went into it, for step(x) = step(relu(x)),
 * and likewise for leaky relu. What goes into the activation then has no other reader, so that an engine
 * can fuse the activation into the operation before it.
 */
export const rectifierMasks: Pass = (graph, builder) => {
  const rectified = new Map<Value, Value>();
  return rewriteGraph(graph, builder, (value, inputs) => {
    const keepsSign =
      value.op === 'Relu' || (value.op === 'LeakyRelu' && (value.attributes.alpha as number) > 0);
    if (keepsSign) {
      const unchanged = inputs[0] === value.inputs[0];
      const kept = unchanged ? value : builder.apply(value.op, inputs, value.attributes);
      rectified.set(inputs[0], kept);
      return kept;
    }
    const after = value.op === 'Step' ? rectified.get(inputs[0]) : undefined;
    return after && builder.apply('Step', [after], value.attributes);
  });
};
