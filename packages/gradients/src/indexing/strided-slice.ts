import * as tf from '@tensorflow/tfjs-core';

/** What the attributes of a strided slice take of a tensor of this shape, masks resolved. */
export function stridedSliceInfo(shape: number[], attributes: object): tf.slice_util.SliceInfo {
  const { begin, end, strides, beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask } =
    attributes as tf.StridedSliceAttrs;
  return tf.slice_util.sliceInfo(
    shape,
    begin,
    end,
    strides,
    beginMask,
    endMask,
    ellipsisMask,
    newAxisMask,
    shrinkAxisMask,
  );
}
