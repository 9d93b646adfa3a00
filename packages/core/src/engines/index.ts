export {
  loadOnnxRuntimeNode,
  onnxRuntimeFolder,
  switchOffTelemetry,
  type LoadedOnnxRuntime,
} from './onnx-runtime.js';
