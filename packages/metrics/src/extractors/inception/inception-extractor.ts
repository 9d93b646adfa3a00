import { BackendError, OptionError, type JsonObject } from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import type { FeatureExtractor } from '../feature-extractor.js';
import { layersModelExtractor } from '../layers-model-extractor.js';
import {
  publishedPreparations,
  resizedImages,
  type PublishedPreparation,
  type ResizedImagesOptions,
} from '../images/preparation.js';
import { inceptionV3 } from './layers-model.js';
import { inceptionLayers, inputSide, type InceptionLayer } from './network.js';
import type { InceptionWeights } from './weights/inception-weights.js';
import { findInceptionWeights, readInceptionWeights } from './weights/read-weights.js';

export interface InceptionExtractorOptions {
  /** Default `2048`, the layer of FID. */
  readonly layer?: InceptionLayer;
  /** Weights, or the path of a file or folder with them. Default: `findInceptionWeights(layer)`. */
  readonly weights?: InceptionWeights | string;
  /** How images are resized and scaled: as a well-known tool does it, or otherwise. Default `torch-fidelity`. */
  readonly preparation?: PublishedPreparation | Omit<ResizedImagesOptions, 'side'>;
  /** Images in one call. Default 4. */
  readonly batchSize?: number;
  /** Threads of ONNX Runtime. Default: one for each core. */
  readonly threads?: number;
}

/**
 * FID's Inception-v3, compiled for ONNX Runtime.
 *
 * Needs `@dist-gan/compiler`, `@tensorflow/tfjs-core`, `@tensorflow/tfjs-layers`, one backend of TensorFlow.js (which
 * only holds the weights while the network is compiled) and `onnxruntime-node`.
 *
 * @throws DataNotFoundError when there are no weights, saying where to obtain them
 * @throws OptionError when the weights do not reach to the layer
 */
export async function inceptionExtractor(options: InceptionExtractorOptions = {}): Promise<FeatureExtractor> {
  const { layer = '2048', preparation = 'torch-fidelity', batchSize, threads } = options;
  checkLayer(layer);
  await needBackend();
  const given = options.weights ?? findInceptionWeights(layer);
  const weights = typeof given === 'string' ? await readInceptionWeights(given) : given;
  const model = inceptionV3(weights, layer);
  const prepared = typeof preparation === 'string' ? publishedPreparations[preparation] : preparation;
  const protocol: JsonObject = { weights: weights.source, weightsVerifiedBy: weights.verifiedBy };
  try {
    return await layersModelExtractor({
      id: 'inception-v3-fid',
      layer,
      model,
      preparation: resizedImages({ ...prepared, side: inputSide }),
      protocol,
      fingerprint: digestOf(weights),
      ...(batchSize !== undefined && { batchSize }),
      ...(threads !== undefined && { threads }),
    });
  } finally {
    model.dispose();
  }
}

function checkLayer(layer: string): asserts layer is InceptionLayer {
  if ((inceptionLayers as readonly string[]).includes(layer)) return;
  throw new OptionError(
    `inception: layer must be one of ${inceptionLayers.join(', ')}, got ${layer}`,
    'layer',
    layer,
  );
}

async function needBackend(): Promise<void> {
  await tf.ready().catch((cause: unknown) => {
    throw new BackendError(
      "inception: TensorFlow.js has no backend; import one first, for instance '@tensorflow/tfjs-backend-cpu'",
      'none',
      { cause },
    );
  });
}

/** SHA-256 of the numbers of weights, whatever file they came from. */
function digestOf({ convolutions, classifier }: InceptionWeights): string {
  const hash = process.getBuiltinModule('node:crypto').createHash('sha256');
  const add = (name: string, { buffer, byteOffset, byteLength }: Float32Array) =>
    hash.update(`${name}:${byteLength}:`).update(new Uint8Array(buffer, byteOffset, byteLength));
  for (const [name, { filter, bias }] of convolutions) {
    add(name, filter);
    add(name, bias);
  }
  if (classifier !== undefined) {
    add('softmax', classifier.matrix);
    add('softmax', classifier.bias);
  }
  return hash.digest('hex');
}
