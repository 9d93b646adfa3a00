export {
  compile,
  type Compiled,
  type CompileOptions,
  type CompileReport,
  type OutputTensor,
} from './compile.js';
export type { InputSpec, TensorFunction } from './record/record.js';
export type { PassName } from './passes/index.js';
export type { Device, TargetName } from './targets/target.js';
export type { OnnxRuntime } from './targets/onnx/runtime.js';
export { inspectTensorFlow, type TensorFlowInstallation } from './targets/tensorflow/runtime.js';
export { engineFolder, tensorFlowFolder } from './targets/tensorflow/installations.js';
export { exportOnnx } from './export-onnx.js';
export { exportSavedModel } from './export-saved-model.js';
export type { ExportableModel, ExportOptions } from './record/record-model.js';
