import { isOperation } from '../graph/operation.js';
import { rewriteGraph } from '../graph/rewrite.js';
import { sameShape } from '../graph/shape.js';
import { usersOf } from '../graph/traverse.js';
import type { Value } from '../graph/types.js';
import { channelsFirstConvolution } from '../operations/channels-first.js';
import { add } from '../operations/elementwise/arithmetic.js';
import { matMul, matMulBias } from '../operations/matmul.js';
import { reshape } from '../operations/movement/reshape.js';
import type { Pass } from './pass.js';

/** Folds the addition of a bias into the matrix product or convolution before it, where nothing else reads that. */
export const biasFusion: Pass = (graph, builder) => {
  const users = usersOf(graph);
  return rewriteGraph(graph, builder, (value, inputs) => {
    if (!isOperation(value, add)) return undefined;
    for (const [at, other] of [
      [0, 1],
      [1, 0],
    ]) {
      const product = inputs[at];
      if (users.get(value.inputs[at])!.length > 1) continue;
      const bias = inputs[other];
      if (isOperation(product, matMul) && isRow(bias, product)) {
        const [a, b] = product.inputs;
        return matMulBias(builder, a, b, bias, product.attributes);
      }
      if (
        isOperation(product, channelsFirstConvolution) &&
        product.inputs.length === 2 &&
        isPerChannel(bias, product)
      ) {
        const vector = reshape(builder, bias, { shape: [product.shape[1]] });
        return builder.apply(product.operation, [...product.inputs, vector], product.attributes);
      }
    }
    return undefined;
  });
};

/** One number per column, the same for every row of a matrix. */
function isRow(bias: Value, product: Value): boolean {
  const columns = product.shape[product.shape.length - 1];
  return (
    product.shape.length === 2 && (sameShape(bias.shape, [columns]) || sameShape(bias.shape, [1, columns]))
  );
}

/** One number per channel of images [batch, channels, height, width]. */
function isPerChannel(bias: Value, { shape: [, channels] }: Value): boolean {
  return sameShape(bias.shape, [channels, 1, 1]) || sameShape(bias.shape, [1, channels, 1, 1]);
}
