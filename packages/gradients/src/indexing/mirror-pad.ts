import * as tf from '@tensorflow/tfjs-core';
import type { GradientDefinition } from '../registry/gradient-definitions.js';

/**
 * The mirrored borders are folded back, axis by axis. Stock cuts them off instead, which loses the
 * gradient of every entry that was mirrored: wrong at first order already.
 */
export const mirrorPadGradient: GradientDefinition = {
  kernelName: tf.MirrorPad,
  inputsToSave: ['x'],
  gradFunc: (upstream, saved, attributes) => {
    const paddings = attributes['paddings'] as unknown as [number, number][];
    // 'reflect' leaves the border entry itself out of the mirror, 'symmetric' repeats it.
    const border = attributes['mode'] === 'reflect' ? 1 : 0;
    const sizes = saved[0].shape;
    return {
      x: () =>
        paddings.reduce(
          (folded, padding, axis) => foldAxis(folded, axis, sizes[axis], padding, border),
          upstream as tf.Tensor,
        ),
    };
  },
};

function foldAxis(
  padded: tf.Tensor,
  axis: number,
  size: number,
  [before, after]: [number, number],
  border: number,
): tf.Tensor {
  if (before === 0 && after === 0) return padded;
  const sliceAlong = (start: number, length: number) => {
    const begin = padded.shape.map((_, other) => (other === axis ? start : 0));
    const lengths = padded.shape.map((full, other) => (other === axis ? length : full));
    return tf.slice(padded, begin, lengths);
  };
  const placeAt = (part: tf.Tensor, start: number, length: number) => {
    const around = padded.shape.map((_, other): [number, number] =>
      other === axis ? [start, size - start - length] : [0, 0],
    );
    return tf.pad(tf.reverse(part, axis), around);
  };
  let folded = sliceAlong(before, size);
  if (before > 0) folded = tf.add(folded, placeAt(sliceAlong(0, before), border, before));
  if (after > 0) {
    folded = tf.add(folded, placeAt(sliceAlong(before + size, after), size - after - border, after));
  }
  return folded;
}
