export { installOnnxRuntime, switchOffTelemetry } from './onnx-runtime.js';
