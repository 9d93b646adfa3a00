export {
  activateBackend,
  backendNames,
  defaultBackend,
  hasConvolutions,
  offPlainJavaScript,
  type BackendName,
} from './backends.js';
export { fasterEngine } from './faster-engine.js';
export { takeInventory } from './inventory.js';
export type { InventoryLine } from './inventory-line.js';
export { tryOnnxRuntime, tryTensorFlow } from './self-test.js';
