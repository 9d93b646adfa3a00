import * as tf from '@tensorflow/tfjs-core';
import { type GradientDefinition, toFloat } from '../registry/gradient-definitions.js';

/**
 * Each entry receives the product of all others: those before it times those after it, which is right where
 * entries are zero too. Stock calls methods that exist only in the package `@tensorflow/tfjs`.
 */
export const productGradient: GradientDefinition = {
  kernelName: tf.Prod,
  inputsToSave: ['x'],
  gradFunc: (dy, saved, attributes) => {
    const x = toFloat(saved[0]);
    const axes = tf.util.parseAxisParam(attributes['axis'] as number | number[], x.shape);
    const others = x.shape.flatMap((_, axis) => (axes.includes(axis) ? [] : [axis]));
    const order = [...others, ...axes];
    const count = axes.reduce((product, axis) => product * x.shape[axis], 1);
    return {
      x: () => {
        const moved = tf.transpose(x, order);
        const rows = tf.reshape<tf.Rank.R2>(moved, [x.size / count, count]);
        const before = productsBefore(rows);
        const after = tf.reverse(productsBefore(tf.reverse(rows, 1)), 1);
        const gradient = tf.mul(tf.mul(before, after), tf.reshape(dy as tf.Tensor, [x.size / count, 1]));
        const undo = order.map((_, axis) => order.indexOf(axis));
        return tf.transpose(tf.reshape(gradient, moved.shape), undo);
      },
    };
  },
};

/** The product of all entries of a row before each entry, in log2(columns) multiplications. */
function productsBefore(rows: tf.Tensor2D): tf.Tensor2D {
  let products = shiftRight(rows, 1);
  for (let reach = 1; reach < rows.shape[1]; reach *= 2) {
    products = tf.mul(products, shiftRight(products, reach));
  }
  return products;
}

/** Ones come in from the left. */
function shiftRight(rows: tf.Tensor2D, steps: number): tf.Tensor2D {
  const [count, columns] = rows.shape;
  const kept = tf.slice(rows, [0, 0], [count, Math.max(0, columns - steps)]);
  const around: [number, number][] = [
    [0, 0],
    [Math.min(columns, steps), 0],
  ];
  return tf.pad(kept, around, 1);
}
