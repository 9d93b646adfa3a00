export { setUpOnnxCuda, tryOnnxCuda } from './onnx-cuda.js';
export { setUpOnnxRuntime } from './onnx-runtime.js';
export { defaultTensorFlow, setUpTensorFlow } from './tensorflow.js';
