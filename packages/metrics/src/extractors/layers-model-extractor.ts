import { exportOnnx, type ExportableModel } from '@dist-gan/compiler';
import type { FeatureExtractor } from './feature-extractor.js';
import { onnxExtractor, type OnnxExtractorOptions } from './onnx-extractor.js';

export interface LayersModelExtractorOptions extends Omit<
  OnnxExtractorOptions,
  'model' | 'layout' | 'output'
> {
  /**
   * A model with one input and one output `[batch, dimension]`. It is compiled as it is now, in inference mode, and
   * stays the caller's: later changes of its weights do not reach the extractor, and it may be disposed.
   */
  readonly model: ExportableModel;
}

/**
 * An extractor from any `tf.LayersModel`. The model is compiled to one graph for ONNX Runtime, which runs convolutions
 * many times faster than the plain CPU backend of TensorFlow.js.
 *
 * @throws CompileError when the model uses a kernel that the compiler lacks
 */
export async function layersModelExtractor({
  model,
  ...options
}: LayersModelExtractorOptions): Promise<FeatureExtractor> {
  return onnxExtractor({ layer: 'output', ...options, model: exportOnnx(model) });
}
