import { rewriteGraph } from '../graph/rewrite.js';
import { sizeOf } from '../graph/shape.js';
import type { Pass } from './pass.js';

/**
 * Sums and means over every axis but the last, as gradients of biases and batch statistics are, as a
 * product of a row with a matrix: faster on a CPU.
 */
export const columnSums: Pass = (graph, builder) =>
  rewriteGraph(graph, builder, (value, [x]) => {
    if ((value.op !== 'Sum' && value.op !== 'Mean') || x.dtype !== 'float32') return undefined;
    const axes = value.attributes.axes as number[];
    const last = x.shape.length - 1;
    if (axes.length === 0 || axes.length !== last || axes.includes(last)) return undefined;
    const columns = x.shape[last];
    const rows = sizeOf(x.shape) / columns;
    const weights = builder.fill(value.op === 'Mean' ? 1 / rows : 1, [1, rows]);
    const matrix = builder.reshape(x, [rows, columns]);
    const sums = builder.apply('BatchMatMul', [weights, matrix], { transposeA: false, transposeB: false });
    return builder.reshape(sums, value.shape);
  });
