/// <reference lib="esnext.disposable" preserve="true" />
import { resolve } from 'node:path';
import type { FeatureExtractor } from '../extractors/feature-extractor.js';
import {
  findInceptionWeights,
  inceptionExtractor,
  inceptionLogits,
  readInceptionWeights,
  type InceptionLayer,
  type InceptionWeights,
} from '../extractors/inception/index.js';
import type { Features } from '../features/feature-matrix.js';
import type { RunOptions } from '../linear-algebra/index.js';
import type { EvaluationProtocol } from './protocol/evaluation-protocols.js';

export interface InceptionNetworkOptions {
  readonly preparation: EvaluationProtocol['preparation'];
  /** The file or folder of the weights. Default: looked for in the data folder. */
  readonly weights?: string;
  /** Default: the environment variable `DIST_GAN_DATA`. */
  readonly dataFolder?: string;
  /** What relative paths begin at. */
  readonly workingDirectory?: string;
  /** Images in one call. */
  readonly batchSize?: number;
  /** Threads of ONNX Runtime. */
  readonly threads?: number;
  /** Called before the network is built: makes a backend of TensorFlow.js active, where none is. */
  readonly activateBackend?: () => Promise<unknown>;
}

/** FID's network. Its weights are read once, and every layer that is asked for is compiled once. */
export class InceptionNetwork {
  private weights: Promise<InceptionWeights> | undefined;
  private readonly extractors = new Map<InceptionLayer, Promise<FeatureExtractor>>();

  constructor(private readonly options: InceptionNetworkOptions) {}

  /** @throws DataNotFoundError, DatasetFormatError, OptionError when there are no weights for the layer */
  extractor(layer: InceptionLayer): Promise<FeatureExtractor> {
    const known = this.extractors.get(layer);
    if (known !== undefined) return known;
    const building = this.build(layer);
    this.extractors.set(layer, building);
    // Whoever asks again tries again.
    building.catch(() => this.extractors.delete(layer));
    return building;
  }

  /** Logits without bias of images whose features of layer 2048 are there. */
  async logits(features: Features, run: RunOptions): Promise<Features> {
    return inceptionLogits(features, await this.readWeights('logits_unbiased'), run);
  }

  async dispose(): Promise<void> {
    for (const extractor of await Promise.allSettled(this.extractors.values()))
      if (extractor.status === 'fulfilled') await extractor.value.dispose();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }

  private async build(layer: InceptionLayer): Promise<FeatureExtractor> {
    const { preparation, batchSize, threads, activateBackend } = this.options;
    const weights = await this.readWeights(layer);
    await activateBackend?.();
    return inceptionExtractor({
      layer,
      weights,
      preparation,
      ...(batchSize !== undefined && { batchSize }),
      ...(threads !== undefined && { threads }),
    });
  }

  private readWeights(layer: InceptionLayer): Promise<InceptionWeights> {
    if (this.weights !== undefined) return this.weights;
    const { weights, dataFolder, workingDirectory = '.' } = this.options;
    this.weights = (async () =>
      readInceptionWeights(
        weights === undefined ? findInceptionWeights(layer, dataFolder) : resolve(workingDirectory, weights),
      ))();
    this.weights.catch(() => (this.weights = undefined));
    return this.weights;
  }
}
