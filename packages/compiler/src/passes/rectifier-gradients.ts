import { rewriteGraph } from '../graph/rewrite.js';
import { sameShape } from '../graph/shape.js';
import type { Pass } from './pass.js';

/** A product with the derivative of a rectifier as one operation: the gradient of relu or leaky relu. */
export const rectifierGradients: Pass = (graph, builder) =>
  rewriteGraph(graph, builder, ({ op, shape }, inputs) => {
    if (op !== 'Multiply') return undefined;
    const at = inputs.findIndex((input) => input.op === 'Step');
    if (at < 0 || !inputs.every((input) => sameShape(input.shape, shape))) return undefined;
    const operands = [inputs[1 - at], inputs[at].inputs[0]];
    return builder.apply('RectifierGradient', operands, inputs[at].attributes);
  });
