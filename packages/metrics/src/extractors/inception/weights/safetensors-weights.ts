import { readSafetensors } from '@dist-gan/core';
import { NamedTensors, type NamedTensor } from './named-tensors.js';

/** The tensors of floats of a safetensors file; others (counters) are left out. @throws DatasetFormatError */
export function readSafetensorsWeights(bytes: Uint8Array, file: string): NamedTensors {
  const tensors = new Map<string, NamedTensor>();
  for (const [name, { shape, data }] of readSafetensors(bytes, file).tensors) {
    if (data instanceof Float32Array) tensors.set(name, { shape, data });
  }
  return new NamedTensors(file, tensors);
}
