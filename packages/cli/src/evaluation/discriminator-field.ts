import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Plane } from '@dist-gan/viewer';
import { arrowCells, fieldCells } from '../pictures/index.js';

/**
 * The logits of a discriminator on a grid of points of the plane, and at `arrowCells` their gradients by its coordinates, in
 * inference mode.
 *
 * @param network samples of two numbers to `[logits, ...]`
 * @returns row by row from the top left
 */
export async function measureField(
  network: LayersModel,
  { limits: [low, high], scale, offset }: Plane,
): Promise<{ readonly logits: Float32Array; readonly gradients: Float32Array }> {
  const coordinate = (cell: number) => (low + ((cell + 0.5) / fieldCells) * (high - low) - offset) / scale;
  const points = new Float32Array(2 * fieldCells ** 2);
  for (let row = 0; row < fieldCells; row++) {
    for (let column = 0; column < fieldCells; column++) {
      const at = 2 * (row * fieldCells + column);
      points[at] = coordinate(column);
      points[at + 1] = coordinate(fieldCells - 1 - row);
    }
  }
  const [logits, gradients] = tf.tidy((): tf.Tensor[] => {
    const at = tf.tensor2d(points, [fieldCells ** 2, 2]);
    const judge = (x: tf.Tensor) => (network.apply(x, { training: false }) as tf.Tensor[])[0];
    // A sum: every point has a gradient of its own.
    const gradientOf = tf.grad((x: tf.Tensor) => tf.sum(judge(x)));
    const atArrows = tf.gather(at, tf.tensor1d([...arrowCells], 'int32'));
    // By the coordinates of the plane, which may run the other way. Slopes first: they need single operations, and TensorFlow.js
    // in its test mode takes weights for a leak that a fused one moves to another backend.
    const slopes = tf.div<tf.Tensor>(gradientOf(atArrows), scale);
    return [judge(at), slopes];
  });
  const field = { logits: await logits.data<'float32'>(), gradients: await gradients.data<'float32'>() };
  tf.dispose([logits, gradients]);
  return field;
}
