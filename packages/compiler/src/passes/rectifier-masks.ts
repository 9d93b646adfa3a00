import { isOperation } from '../graph/operation.js';
import { rewriteGraph } from '../graph/rewrite.js';
import type { Value } from '../graph/types.js';
import { leakyRelu, step } from '../operations/elementwise/rectifiers.js';
import { relu } from '../operations/elementwise/unary.js';
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
      isOperation(value, relu) || (isOperation(value, leakyRelu) && value.attributes.alpha > 0);
    if (keepsSign) {
      const kept = builder.reapply(value, inputs);
      rectified.set(inputs[0], kept);
      return kept;
    }
    if (!isOperation(value, step)) return undefined;
    const after = rectified.get(inputs[0]);
    return after && step(builder, after, value.attributes);
  });
};
