import type { RandomStream } from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import { weightInitializer } from '../../initializers/seeded-initializer.js';
import { PowerIteration, type AddWeight } from './power-iteration.js';

/** A kernel that a layer reads when it is called. */
export interface Kernel {
  /** `[inputs, outputs]`, divided by its largest singular value where the layer has spectral norm. */
  read(training: boolean): tf.Tensor2D;
}

/** Adds a kernel `[inputs, outputs]` to a layer, drawn as Glorot and Bengio do, with or without spectral norm. */
export function addKernel(
  addWeight: AddWeight,
  name: string,
  shape: [number, number],
  random: RandomStream,
  { spectralNorm }: { readonly spectralNorm: boolean },
): Kernel {
  const weight = addWeight(name, shape, 'float32', weightInitializer({ id: 'xavier-uniform' }, random));
  const read = (): tf.Tensor2D => weight.read() as tf.Tensor2D;
  if (!spectralNorm) return { read };
  const power = new PowerIteration(addWeight, name, read(), 1);
  return {
    read: (training) => tf.div(read(), power.divisor(read(), training)),
  };
}
