import type { GraphBuilder } from '../../graph/builder.js';
import type { Value } from '../../graph/types.js';
import { broadcastTo } from './broadcast.js';
import { reshape } from './reshape.js';

/**
 * Every pixel as a block of so many rows and columns.
 *
 * @param images `[batch, height, width, channels]`
 * @returns `[batch, height * rows, width * columns, channels]`
 */
export function repeatPixels(graph: GraphBuilder, images: Value, [rows, columns]: readonly number[]): Value {
  const [batch, height, width, channels] = images.shape;
  const apart = reshape(graph, images, { shape: [batch, height, 1, width, 1, channels] });
  const blocks = broadcastTo(graph, apart, { shape: [batch, height, rows, width, columns, channels] });
  return reshape(graph, blocks, { shape: [batch, height * rows, width * columns, channels] });
}
