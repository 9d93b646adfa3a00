export { GanError, isGanError, type GanErrorCode } from './gan-error.js';
export { OptionError } from './option-error.js';
export { ShapeError } from './shape-error.js';
export { DuplicateItemError, UnknownItemError } from './item-errors.js';
export {
  BackendError,
  CompileError,
  DisposedError,
  FeedError,
  GradientError,
  NonFiniteError,
} from './runtime-errors.js';
export { MachineError, machineRemedy } from './machine-error.js';
export { CheckpointError, DataNotFoundError, DatasetFormatError, OutputError } from './file-errors.js';
