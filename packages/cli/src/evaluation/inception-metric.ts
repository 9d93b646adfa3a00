import { positiveInteger, resolveOptions, type Metric, type Dataset } from '@dist-gan/core';
import { evaluationProtocols, FrechetMetric } from '@dist-gan/metrics';
import { imageMetric } from '@dist-gan/metrics/extractors';
import { inceptionLayers } from '@dist-gan/metrics/inception';
import * as v from 'valibot';
import { featureStatistics } from './feature-statistics.js';
import { datasetSet } from './image-sets.js';
import { InceptionNetwork } from './inception-network.js';
import { openStatisticsCache } from './statistics-folder.js';

const schema = v.strictObject({
  /** Whose way of preparing images. */
  protocol: v.optional(
    v.picklist(Object.keys(evaluationProtocols) as (keyof typeof evaluationProtocols)[]),
    'clean-fid',
  ),
  layer: v.optional(v.picklist(inceptionLayers.filter((layer) => !layer.startsWith('logits'))), '2048'),
  /** The first so many real images; default all. */
  realSamples: v.optional(positiveInteger),
  /** The file or folder of the network's weights; default: looked for in the data folder. */
  weights: v.optional(v.string()),
});

export interface InceptionMetricEnvironment {
  readonly workingDirectory: string;
  readonly dataFolder?: string;
  readonly onNotice?: (message: string) => void;
  /** Hears of what must be freed when no metric is needed any more. */
  readonly onDispose: (dispose: () => Promise<void>) => void;
}

/** Makes the FID of a training run, from its options and the data set that is trained on. */
export function inceptionMetric({ onNotice, onDispose, ...environment }: InceptionMetricEnvironment) {
  return async (given: unknown, dataset: Dataset): Promise<() => Metric> => {
    const { protocol: id, layer, realSamples, weights } = resolveOptions(schema, given, 'fid');
    const { preparation, frechetDistance } = evaluationProtocols[id];
    const network = new InceptionNetwork({ ...environment, preparation, ...(weights && { weights }) });
    onDispose(() => network.dispose());
    const extractor = await network.extractor(layer);
    onNotice?.(`fid: features of the real images, which are kept for the next run`);
    const real = await featureStatistics(extractor, datasetSet(dataset, realSamples), {
      frechetDistance,
      cache: openStatisticsCache(),
    });
    return () =>
      imageMetric({ extractor, metric: new FrechetMetric(real, frechetDistance), range: dataset.range });
  };
}
