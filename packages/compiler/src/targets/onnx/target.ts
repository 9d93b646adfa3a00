import type { Target } from '../target.js';
import { expandOperations } from '../expand.js';
import { OnnxProgram } from './program.js';
import { loadOnnxRuntime, type OnnxRuntime } from './runtime.js';

/** ONNX Runtime: the given module, or the one that is installed. */
export function onnxTarget(given?: OnnxRuntime): Target {
  return {
    name: 'onnx',
    passes: {},
    expand: (graph, builder, device) =>
      expandOperations(graph, builder, 'onnx', { products: device === 'cpu' }),
    async start(options) {
      const runtime = given ?? (await loadOnnxRuntime());
      // onnxruntime-web reads its number of threads once, when it makes the first session of a page.
      if (options.threads !== undefined && runtime.env?.wasm) runtime.env.wasm.numThreads = options.threads;
      const version = runtime.env?.versions?.node ?? runtime.env?.versions?.web;
      return {
        title: version === undefined ? 'ONNX Runtime' : `ONNX Runtime ${version}`,
        createProgram: (graph) => OnnxProgram.create(graph, runtime, options),
      };
    },
  };
}
