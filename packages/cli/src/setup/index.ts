export { setUpOnnxCuda, tryOnnxCuda } from './onnx-cuda.js';
export { defaultTensorFlow, setUpTensorFlow } from './tensorflow.js';
