export {
  activateBackend,
  backendNames,
  defaultBackend,
  offPlainJavaScript,
  type BackendName,
} from './backends.js';
export { takeInventory } from './inventory.js';
export type { InventoryLine } from './inventory-line.js';
export { tryOnnxRuntime, tryTensorFlow } from './self-test.js';
