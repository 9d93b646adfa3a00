export {
  activateBackend,
  backendNames,
  defaultBackend,
  offPlainJavaScript,
  type BackendName,
} from './backends.js';
export { takeInventory, type InventoryLine } from './inventory.js';
export { tryOnnxRuntime, tryTensorFlow } from './self-test.js';
