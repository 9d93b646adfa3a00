import { isOperation } from '../graph/operation.js';
import { rewriteGraph } from '../graph/rewrite.js';
import { sizeOf } from '../graph/shape.js';
import { asTheyAre, matMul } from '../operations/matmul.js';
import { reshape } from '../operations/movement/reshape.js';
import { mean, stagesOfSum, sum } from '../operations/reduction.js';
import type { Pass } from './pass.js';

/**
 * Sums and means over every axis but the last, as gradients of biases and batch statistics are, as a
 * product of a row with a matrix: faster on a CPU.
 */
export const columnSums: Pass = (graph, builder) =>
  rewriteGraph(graph, builder, (value, [x]) => {
    if (!isOperation(value, sum, mean) || x.dtype !== 'float32') return undefined;
    if (sizeOf(x.shape) === 0) return undefined;
    const { axes } = value.attributes;
    const last = x.shape.length - 1;
    if (axes.length === 0 || axes.length !== last || axes.includes(last)) return undefined;
    const columns = x.shape[last];
    const rows = sizeOf(x.shape) / columns;
    const stages = stagesOfSum(rows);
    const sums = stages.reduce((matrix, count) => {
      const weights = builder.fill(isOperation(value, mean) ? 1 / count : 1, [1, count]);
      const rest = sizeOf(matrix.shape) / count;
      return matMul(builder, weights, reshape(builder, matrix, { shape: [count, rest] }), asTheyAre);
    }, x);
    return reshape(builder, sums, { shape: value.shape });
  });
