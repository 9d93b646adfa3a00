export { activateBackend, backendNames, defaultBackend, type BackendName } from './backends.js';
export { takeInventory } from './inventory.js';
export { tryTensorFlow } from './self-test.js';
