import type { CompileOptions } from '@dist-gan/compiler';
import { BackendError } from '@dist-gan/core';
import type { MakePlaneEngine } from './plane-engine.js';

/** Samples of one call: its product with 10,000 points takes 10 MB. */
const rowsOfACall = 256;

/** Those of `compile`, but that the default target is `onnx` on every machine: TensorFlow was not timed here. */
export type CompiledEngineOptions = Pick<CompileOptions, 'target' | 'threads' | 'runtime'>;

/**
 * An engine whose products and selection are one compiled graph, on the CPU. Needs `@dist-gan/compiler`,
 * `@tensorflow/tfjs-core` with a backend, and ONNX Runtime or TensorFlow.
 *
 * Only CPUs are offered: matrix products of GPUs may round to 10 bits, which would void the bound by which float64
 * decides.
 *
 * @throws BackendError (when an engine is made) something of that is not installed
 */
export function compiledEngine(options: CompiledEngineOptions = {}): MakePlaneEngine {
  return async ({ points, dimension, count }, highest) => {
    const { compile, tf } = await load();
    const transposed = new Float32Array(points.length);
    for (let i = 0; i < count; i++) {
      for (let k = 0; k < dimension; k++) transposed[k * count + i] = points[i * dimension + k];
    }
    const program = await compile(
      ({ samples, heights }) => {
        const products = tf.matMul(samples, tf.tensor2d(transposed, [dimension, count]));
        return { found: tf.topk(tf.add(products, heights), highest, true).indices };
      },
      {
        target: 'onnx',
        ...options,
        inputs: { samples: { shape: [rowsOfACall, dimension] }, heights: { shape: [count] } },
      },
    );
    return {
      id: program.report.engine,
      async find(samples, heights) {
        // Of this question alone: a call reads its inputs when its turn comes.
        const block = new Float32Array(rowsOfACall * dimension);
        const rounded = Float32Array.from(heights);
        const found = new Int32Array((samples.length / dimension) * highest);
        for (let from = 0; from < samples.length; from += block.length) {
          const part = samples.subarray(from, from + block.length);
          block.set(part);
          const { data } = (await program.run({ samples: block, heights: rounded })).found;
          const rows = part.length / dimension;
          found.set((data as Int32Array).subarray(0, rows * highest), (from / dimension) * highest);
        }
        return found;
      },
      dispose: () => program.dispose(),
    };
  };
}

async function load() {
  try {
    const [{ compile }, tf] = await Promise.all([
      import('@dist-gan/compiler'),
      import('@tensorflow/tfjs-core'),
    ]);
    return { compile, tf };
  } catch (error) {
    throw new BackendError(
      'compiledEngine: @dist-gan/compiler cannot be loaded; install it with @tensorflow/tfjs-core and onnxruntime-node, ' +
        'or use plainEngine',
      'compiled',
      { cause: error },
    );
  }
}
