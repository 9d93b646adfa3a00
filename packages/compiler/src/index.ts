export { compile } from './compile/compile.js';
export type { Compiled, CompileReport } from './compile/compiled.js';
export { defaultTarget } from './compile/default-target.js';
export type { CompileOptions } from './compile/options.js';
export type { FeedsOf, InputSpecs, OutputsOf, OutputTensor, TensorsOf } from './compile/typed-tensors.js';
export type { InputSpec, TensorFunction } from './record/record.js';
export type { PassName } from './passes/index.js';
export type { Device, TargetName } from '@dist-gan/core';
export {
  inspectOnnxRuntime,
  type OnnxRuntime,
  type OnnxRuntimeInstallation,
} from './targets/onnx/runtime.js';
export { inspectTensorFlow, type TensorFlowInstallation } from './targets/tensorflow/inspect.js';
export { tensorFlowFolder } from './targets/tensorflow/installations.js';
export {
  exportLayersModel,
  type ExportLayersModelOptions,
  type LayersModelFiles,
} from './export-layers-model.js';
export { exportOnnx } from './export-onnx.js';
export { exportSavedModel } from './export-saved-model.js';
export type { ExportableModel, ExportOptions } from './record/record-model.js';
