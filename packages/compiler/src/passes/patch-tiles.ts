import type { GraphBuilder } from '../graph/builder.js';
import { isOperation } from '../graph/operation.js';
import { rewriteGraph } from '../graph/rewrite.js';
import { sizeOf } from '../graph/shape.js';
import type { Value } from '../graph/types.js';
import { extractPatches } from '../operations/convolution-products.js';
import { add } from '../operations/elementwise/arithmetic.js';
import { matMul, matMulBias } from '../operations/matmul.js';
import { concat } from '../operations/movement/concat.js';
import { reshape } from '../operations/movement/reshape.js';
import { slice } from '../operations/movement/slice.js';
import type { Pass } from './pass.js';

/** Patches of as many elements (4 MB) are still in a processor's cache when they are multiplied. */
const largestTile = 1 << 20;

/**
 * Convolutions as matrix products, some images at a time, where the patches of all of them are large.
 *
 * The patches of a 3x3 window are nine times the image. In tiles they stay in the cache between being copied together
 * and being multiplied, and one tile's memory serves the next. The gradient of the filter makes them anew: reading
 * them back from memory takes longer, and keeping them from the way there to the way back takes the memory.
 */
export const patchTiles: Pass = (graph, builder) =>
  rewriteGraph(graph, builder, (value, inputs) => {
    if (!isOperation(value, matMul, matMulBias) || value.attributes.transposeB) return undefined;
    const [rows, other, ...bias] = inputs;
    const patches = isOperation(rows, reshape) ? rows.inputs[0] : rows;
    if (!isOperation(patches, extractPatches)) return undefined;
    const [x] = patches.inputs;
    const images = imagesOfTile(x.shape[0], sizeOf(patches.shape));
    if (images === x.shape[0]) return undefined;
    const { transposeA } = value.attributes;
    const tiles = Array.from({ length: x.shape[0] / images }, (_, tile) => {
      const begin = tile * images;
      const seen = extractPatches(builder, along(builder, x, begin, images), {
        ...patches.attributes,
        // Not the same operation as on the way there, whose results are gone by then.
        again: transposeA,
      });
      const height = (rows.shape[0] / x.shape[0]) * images;
      const matrix = reshape(builder, seen, { shape: [height, rows.shape[1]] });
      const matching = transposeA ? along(builder, other, tile * height, height) : other;
      return builder.apply(value.operation, [matrix, matching, ...bias], value.attributes);
    });
    return transposeA
      ? tiles.reduce((total, tile) => add(builder, total, tile))
      : concat(builder, ...tiles, { axis: 0 });
  });

/** The most images that a tile can have where all tiles have as many. */
function imagesOfTile(batch: number, elements: number): number {
  let images = batch;
  while (images > 1 && (batch % images !== 0 || (elements / batch) * images > largestTile)) images--;
  return images;
}

/** Some entries of the first axis. */
function along(builder: GraphBuilder, value: Value, from: number, count: number): Value {
  const begin = value.shape.map((_, axis) => (axis === 0 ? from : 0));
  return slice(builder, value, { begin, size: [count, ...value.shape.slice(1)] });
}
