import { isOperation } from '../graph/operation.js';
import { rewriteGraph } from '../graph/rewrite.js';
import { sameShape } from '../graph/shape.js';
import { multiply } from '../operations/elementwise/arithmetic.js';
import { rectifierGradient, step } from '../operations/elementwise/rectifiers.js';
import type { Pass } from './pass.js';

/** A product with the derivative of a rectifier as one operation: the gradient of relu or leaky relu. */
export const rectifierGradients: Pass = (graph, builder) =>
  rewriteGraph(graph, builder, (value, inputs) => {
    if (!isOperation(value, multiply)) return undefined;
    const mask = inputs.find((input) => isOperation(input, step));
    if (!mask || !inputs.every((input) => sameShape(input.shape, value.shape))) return undefined;
    const [first, second] = inputs;
    return rectifierGradient(builder, first === mask ? second : first, mask.inputs[0], mask.attributes);
  });
