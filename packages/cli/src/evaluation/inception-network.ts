import { resolve } from 'node:path';
import type { EvaluationProtocol, Features, RunOptions } from '@dist-gan/metrics';
import type { FeatureExtractor } from '@dist-gan/metrics/extractors';
import {
  findInceptionWeights,
  inceptionExtractor,
  inceptionLogits,
  readInceptionWeights,
  type InceptionLayer,
  type InceptionWeights,
} from '@dist-gan/metrics/inception';
import { activateBackend } from '../engine/index.js';

export interface InceptionNetworkOptions {
  readonly preparation: EvaluationProtocol['preparation'];
  /** The file or folder of the weights. Default: looked for in the data folder. */
  readonly weights?: string;
  readonly dataFolder?: string;
  readonly workingDirectory: string;
  readonly batchSize?: number;
  readonly threads?: number;
}

/** FID's network. Its weights are read once, and every layer that is asked for is compiled once. */
export class InceptionNetwork {
  private weights: InceptionWeights | undefined;
  private readonly extractors = new Map<InceptionLayer, FeatureExtractor>();

  constructor(private readonly options: InceptionNetworkOptions) {}

  /** @throws DataNotFoundError, DatasetFormatError, OptionError when there are no weights for the layer */
  async extractor(layer: InceptionLayer): Promise<FeatureExtractor> {
    const { preparation, batchSize, threads } = this.options;
    const weights = await this.readWeights(layer);
    // The network is built there; it does not run there.
    await activateBackend('cpu');
    const extractor =
      this.extractors.get(layer) ??
      (await inceptionExtractor({
        layer,
        weights,
        preparation,
        ...(batchSize !== undefined && { batchSize }),
        ...(threads !== undefined && { threads }),
      }));
    this.extractors.set(layer, extractor);
    return extractor;
  }

  /** Logits without bias of images whose features of layer 2048 are there. */
  async logits(features: Features, options: RunOptions): Promise<Features> {
    return inceptionLogits(features, await this.readWeights('logits_unbiased'), options);
  }

  async dispose(): Promise<void> {
    for (const extractor of this.extractors.values()) await extractor.dispose();
  }

  private async readWeights(layer: InceptionLayer): Promise<InceptionWeights> {
    const { weights, dataFolder, workingDirectory } = this.options;
    this.weights ??= await readInceptionWeights(
      weights === undefined ? findInceptionWeights(layer, dataFolder) : resolve(workingDirectory, weights),
    );
    return this.weights;
  }
}
