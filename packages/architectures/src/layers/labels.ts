import { OptionError, ShapeError } from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import type { Shape } from '@tensorflow/tfjs-layers';

/** The shape of x, and whether labels come with it: a layer is applied to `x` or to `[x, labels]`. */
export function splitShapes(layer: string, inputShape: Shape | Shape[]): { shape: Shape; labelled: boolean } {
  if (!Array.isArray(inputShape[0])) return { shape: inputShape as Shape, labelled: false };
  const shapes = inputShape as Shape[];
  if (shapes.length !== 2 || shapes[1].length > 2 || (shapes[1][1] ?? 1) !== 1) {
    const got = shapes
      .map((shape) => `[${shape.map((length) => length ?? 'batch').join(', ')}]`)
      .join(' and ');
    const wanted = 'x, or x and one label per sample: [batch] or [batch, 1]';
    throw new ShapeError(`${layer}: it is applied to ${wanted}, got ${got}`, 'inputs', shapes.flat(), wanted);
  }
  return { shape: shapes[0], labelled: true };
}

export function splitInputs(inputs: tf.Tensor | tf.Tensor[]): { x: tf.Tensor; labels?: tf.Tensor } {
  if (!Array.isArray(inputs)) return { x: inputs };
  const [x, labels] = inputs;
  return { x, labels };
}

/** How many rows a table has: one per class, or one where there are no labels. */
export function tableRows(layer: string, labelled: boolean, classes: number | undefined): number {
  if (!labelled) return 1;
  if (classes !== undefined) return classes;
  throw new OptionError(
    `${layer}.classes: is needed with labels; give the number of classes, or apply the layer to x alone`,
    `${layer}.classes`,
    classes,
  );
}

/** The row of a table `[classes, length]` for each sample's label, or its only row, `[1, length]`. */
export function labelRows(table: tf.Tensor, labels: tf.Tensor | undefined): tf.Tensor {
  if (!labels) return table;
  return tf.gather(table, tf.cast(tf.reshape(labels, [-1]), 'int32'));
}
