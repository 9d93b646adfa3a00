import { rewriteGraph } from '../graph/rewrite.js';
import type { Pass } from './pass.js';

/** Sums over the rows of a matrix, as gradients of biases are, as a product with a row of ones: faster on a CPU. */
export const columnSums: Pass = (graph, builder) =>
  rewriteGraph(graph, builder, (value, [x]) => {
    if (value.op !== 'Sum' || x.dtype !== 'float32' || x.shape.length !== 2) return undefined;
    const axes = value.attributes.axes as number[];
    if (axes.length !== 1 || axes[0] !== 0) return undefined;
    const ones = builder.fill(1, [1, x.shape[0]]);
    const sums = builder.apply('BatchMatMul', [ones, x], { transposeA: false, transposeB: false });
    return builder.reshape(sums, value.shape);
  });
