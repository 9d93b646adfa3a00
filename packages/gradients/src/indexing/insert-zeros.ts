import * as tf from '@tensorflow/tfjs-core';

/** Along one axis, the entries `step` apart with zeros between them: [.., n, ..] to [.., (n - 1) step + 1, ..]. */
export function insertZeros(tensor: tf.Tensor, axis: number, step: number): tf.Tensor {
  const { shape } = tensor;
  if (step === 1 || shape[axis] < 2) return tensor;
  const apart = tf.reshape(tensor, [...shape.slice(0, axis + 1), 1, ...shape.slice(axis + 1)]);
  const behind = apart.shape.map((_, at): [number, number] => [0, at === axis + 1 ? step - 1 : 0]);
  const withSize = (size: number) => shape.map((length, at) => (at === axis ? size : length));
  const spread = tf.reshape(tf.pad(apart, behind), withSize(shape[axis] * step));
  return tf.slice(
    spread,
    shape.map(() => 0),
    withSize((shape[axis] - 1) * step + 1),
  );
}
