import * as tf from '@tensorflow/tfjs-core';

/** When a gradient throws, TensorFlow.js leaves the tensors behind that its tape had kept: this frees them. */
export function disposeAbandonedTape(): void {
  for (const node of tf.engine().state.activeTape ?? []) {
    for (const tensor of [...node.outputs, ...(node.saved ?? [])]) tensor.dispose();
  }
}
