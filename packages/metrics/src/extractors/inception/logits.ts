import { OptionError, ShapeError } from '@dist-gan/core';
import { countOf, inFloat64, type Features } from '../../features/feature-matrix.js';
import { rowsOf } from '../../features/rows.js';
import { classCount } from './network.js';
import { permuteAxes } from './weights/named-tensors.js';
import type { InceptionWeights } from './weights/inception-weights.js';
import { multiply, type RunOptions } from '../../linear-algebra/index.js';

/** Samples that are multiplied together. */
const rowsAtOnce = 1024;

/**
 * The logits without bias of the Inception Score from the features of layer 2048, of which they are a matrix product:
 * images whose features are there need not pass the network again.
 *
 * @throws OptionError when the weights end before the logits, ShapeError for features of another layer
 */
export async function inceptionLogits(
  features: Features,
  { classifier, source }: Pick<InceptionWeights, 'classifier' | 'source'>,
  options: RunOptions = {},
): Promise<Features> {
  if (classifier === undefined) {
    throw new OptionError(
      `inception: logits need softmax/weights, which ${source} lacks; take weights of the whole network`,
      'weights',
      source,
    );
  }
  const depth = classifier.matrix.length / classCount;
  if (features.dimension !== depth) {
    throw new ShapeError(
      `inception: logits are made of the ${depth} features of the last layer, got ${features.dimension}`,
      'features',
      [features.dimension],
      `[${depth}]`,
    );
  }
  const matrix = inFloat64(permuteAxes(classifier.matrix, [depth, classCount], [1, 0]));
  const data = await products(features, matrix, options);
  options.onProgress?.(1);
  return {
    data,
    dimension: classCount,
    ...(features.protocol && { protocol: { ...features.protocol, layer: 'logits_unbiased' } }),
  };
}

async function products(features: Features, matrix: Float64Array, run: RunOptions): Promise<Float32Array> {
  const count = countOf(features);
  const data = new Float32Array(count * classCount);
  for (let first = 0; first < count; first += rowsAtOnce) {
    const rows = rowsOf(features, first, Math.min(first + rowsAtOnce, count));
    const product = { a: rows, b: matrix, depth: features.dimension };
    data.set(await multiply(run, product, first / count), first * classCount);
  }
  return data;
}
