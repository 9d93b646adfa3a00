import type { GraphBuilder } from '../graph/builder.js';
import { isOperation } from '../graph/operation.js';
import { rewriteGraph } from '../graph/rewrite.js';
import { sizeOf } from '../graph/shape.js';
import type { Graph, Value } from '../graph/types.js';
import { extractPatches } from '../operations/convolution-products.js';
import { add } from '../operations/elementwise/arithmetic.js';
import { matMul, matMulBias } from '../operations/matmul.js';
import { concat } from '../operations/movement/concat.js';
import { slice } from '../operations/movement/slice.js';
import type { Pass } from './pass.js';

/** How many elements patches may have to be made in one piece (128 MB), and how many a tile has at most (16 MB). */
const largestWhole = 1 << 25;
const largestTile = 1 << 22;

/**
 * Convolutions as matrix products, some images at a time, where the patches of all images are large.
 *
 * The patches of a 3x3 window are nine times the image. One tile's memory serves the next, and the gradient of the
 * filter makes them anew, so that none are kept from the way there to the way back. Making them twice takes a tenth of
 * the time of a step, which is why smaller ones are left whole.
 */
export const patchTiles: Pass = (graph, builder) => tilePatches(graph, builder, largestWhole, largestTile);

export function tilePatches(graph: Graph, builder: GraphBuilder, whole: number, tile: number): Graph {
  return rewriteGraph(graph, builder, (value, inputs) => {
    if (!isOperation(value, matMul, matMulBias)) return undefined;
    const { transposeA, transposeB } = value.attributes;
    const [patches, other, ...bias] = inputs;
    // Tiles of a transposed product are added up, and would add a bias as often.
    if (transposeB || (transposeA && bias[0]) || !isOperation(patches, extractPatches)) return undefined;
    const [x] = patches.inputs;
    if (sizeOf(patches.shape) <= whole) return undefined;
    const images = imagesOfTile(x.shape[0], sizeOf(patches.shape), tile);
    if (images === x.shape[0]) return undefined;
    const tiles = Array.from({ length: x.shape[0] / images }, (_, index) => {
      const seen = extractPatches(builder, along(builder, x, index * images, images), {
        ...patches.attributes,
        // Not the same operation as on the way there, whose results are gone by then.
        again: transposeA,
      });
      const [height] = seen.shape;
      const matching = transposeA ? along(builder, other, index * height, height) : other;
      return builder.apply(value.operation, [seen, matching, ...bias], value.attributes);
    });
    return transposeA
      ? tiles.reduce((total, product) => add(builder, total, product))
      : concat(builder, ...tiles, { axis: 0 });
  });
}

/** The most images that a tile can have where all tiles have as many. */
function imagesOfTile(batch: number, elements: number, most: number): number {
  let images = batch;
  while (images > 1 && (batch % images !== 0 || (elements / batch) * images > most)) images--;
  return images;
}

/** Some entries of the first axis. */
function along(builder: GraphBuilder, value: Value, from: number, count: number): Value {
  const begin = value.shape.map((_, axis) => (axis === 0 ? from : 0));
  return slice(builder, value, { begin, size: [count, ...value.shape.slice(1)] });
}
