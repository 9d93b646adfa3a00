export { CheckpointSchedule, type CheckpointTimes } from './checkpoints/checkpoint-schedule.js';
export {
  decodeCheckpoint,
  encodeCheckpoint,
  type Checkpoint,
  type CheckpointRecord,
} from './checkpoints/checkpoint-file.js';
export { CheckpointStore } from './checkpoints/checkpoint-store.js';
export { removeUnfinished, writeAtomically } from './files/atomic-write.js';
export { lockRun } from './lock/run-lock.js';
export {
  exportNetwork,
  networkForms,
  weightLayouts,
  type ExportNetworkOptions,
  type NetworkForm,
} from './networks/export-network.js';
export { loadNetwork, saveNetwork, type SaveNetworkOptions } from './networks/saved-network.js';
