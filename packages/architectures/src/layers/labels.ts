import { OptionError, ShapeError } from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import type { Shape } from '@tensorflow/tfjs-layers';

/** The shapes of x and of the labels that come with it: a layer is applied to `x` or to `[x, labels]`. */
export function splitShapes(layer: string, inputShape: Shape | Shape[]): { shape: Shape; labels?: Shape } {
  if (!Array.isArray(inputShape[0])) return { shape: inputShape as Shape };
  const shapes = inputShape as Shape[];
  if (shapes.length !== 2 || shapes[1].length > 2) {
    const got = shapes
      .map((shape) => `[${shape.map((length) => length ?? 'batch').join(', ')}]`)
      .join(' and ');
    const wanted = 'x, or x and the label of each sample: [batch], [batch, 1] or, one-hot, [batch, classes]';
    throw new ShapeError(`${layer}: it is applied to ${wanted}, got ${got}`, 'inputs', shapes.flat(), wanted);
  }
  return { shape: shapes[0], labels: shapes[1] };
}

export function splitInputs(inputs: tf.Tensor | tf.Tensor[]): { x: tf.Tensor; labels?: tf.Tensor } {
  if (!Array.isArray(inputs)) return { x: inputs };
  const [x, labels] = inputs;
  return { x, labels };
}

/**
 * How many rows a table has: one per class, or one where there are no labels.
 *
 * @param labels their shape
 */
export function tableRows(layer: string, labels: Shape | undefined, classes: number | undefined): number {
  if (labels === undefined) return 1;
  if (classes !== undefined) {
    const width = labels[1] ?? 1;
    if (width === 1 || width === classes) return classes;
    const wanted = `one-hot labels of ${classes} numbers, one for each class`;
    throw new ShapeError(
      `${layer}: labels must be ${wanted}, got ${width} numbers`,
      'labels',
      labels,
      wanted,
    );
  }
  throw new OptionError(
    `${layer}.classes: is needed with labels; give the number of classes, or apply the layer to x alone`,
    `${layer}.classes`,
    classes,
  );
}

/**
 * The row of a table `[classes, length]` for each sample's label, or its only row, `[1, length]`. Of labels that are weights of
 * the classes, the weighted sum of rows.
 */
export function labelRows(table: tf.Tensor, labels: tf.Tensor | undefined): tf.Tensor {
  if (!labels) return table;
  if (labels.rank === 2 && labels.shape[1]! > 1) return tf.matMul(labels, table);
  return tf.gather(table, tf.cast(tf.reshape(labels, [-1]), 'int32'));
}
