export type { TensorNumbers, TensorType } from './element-types.js';
export { readSafetensors, type SafetensorsContent, type StoredTensor } from './read-safetensors.js';
export { writeSafetensors, type WritableTensor } from './write-safetensors.js';
