export { deviceNames, targetNames, type Device, type TargetName } from './engine-names.js';
export {
  loadOnnxRuntimeNode,
  onnxRuntimeFolder,
  switchOffTelemetry,
  type LoadedOnnxRuntime,
} from './onnx-runtime.js';
