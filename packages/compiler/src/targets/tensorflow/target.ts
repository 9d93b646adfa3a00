import { BackendError } from '@dist-gan/core';
import { largestProduct } from '../../operations/work.js';
import { expandOperations } from '../expand.js';
import type { Target } from '../target.js';

/**
 * Below this many multiplications (about a tenth of a millisecond of one thread) threads lose more by sharing an
 * operation than they gain; then each takes operations of its own.
 */
const smallestSplit = 16e6;

/** TensorFlow itself, through tfjs-node. */
export const tensorFlowTarget: Target = {
  name: 'tensorflow',
  passes: { flatUpdates: false, columnSums: false },
  ownPasses: async () => (await import('../../passes/fusions.js')).fusions,
  expand: (graph, builder) => expandOperations(graph, builder, 'tensorflow'),
  start: async (options, graph) => {
    if (options.device === 'webgpu') {
      throw new BackendError(
        'compile: TensorFlow does not run on WebGPU; use target "onnx" for that, or device "cuda" or "cpu".',
        'tensorflow',
      );
    }
    // What is for TensorFlow alone, pages need not load.
    const { loadTensorFlow } = await import('./runtime.js');
    const { runtime } = loadTensorFlow({
      ...options,
      splitsOperations: largestProduct(graph) >= smallestSplit,
    });
    const { isUsingGpuDevice, binding } = runtime.backend();
    const title = `TensorFlow ${binding.TF_Version}`;
    if (options.device === 'cuda' && !isUsingGpuDevice) {
      throw new BackendError(
        `compile: ${title} found no GPU; dist-gan setup tensorflow --gpu brings the build for one, or use device "cpu".`,
        'tensorflow',
      );
    }
    return {
      title,
      createProgram: async (graph) => {
        const { TensorFlowProgram } = await import('./program.js');
        return TensorFlowProgram.create(graph, runtime, options);
      },
    };
  },
};
