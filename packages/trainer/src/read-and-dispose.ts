import type { Tensor } from '@tensorflow/tfjs-core';

/** The numbers of a float tensor, which is freed. */
export async function readAndDispose(tensor: Tensor): Promise<Float32Array> {
  try {
    return (await tensor.data()) as Float32Array;
  } finally {
    tensor.dispose();
  }
}
