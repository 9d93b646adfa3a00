import type { Target } from '../target.js';
import { expandForOnnx } from './lower.js';
import { OnnxProgram } from './program.js';
import { loadOnnxRuntime, type OnnxRuntime } from './runtime.js';

/** ONNX Runtime: the given module, or the one that is installed. */
export function onnxTarget(given?: OnnxRuntime): Target {
  return {
    name: 'onnx',
    passes: {},
    expand: (graph, builder, device) => expandForOnnx(graph, builder, { products: device === 'cpu' }),
    async start(options) {
      const runtime = given ?? (await loadOnnxRuntime());
      const version = runtime.env?.versions?.node ?? runtime.env?.versions?.web;
      return {
        title: version === undefined ? 'ONNX Runtime' : `ONNX Runtime ${version}`,
        createProgram: (graph) => OnnxProgram.create(graph, runtime, options),
      };
    },
  };
}
