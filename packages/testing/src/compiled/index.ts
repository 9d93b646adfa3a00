export { Adam } from './adam.js';
export { againstEager, type AgainstEager, type Comparison } from './against-eager.js';
export type { Compile, CompiledStep, TensorFunction } from './compile.js';
export { relativeDifference } from './relative-difference.js';
