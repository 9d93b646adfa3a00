import {
  OptionError,
  positiveInteger,
  RandomStream,
  resolveOptions,
  seed,
  UnknownItemError,
} from '@dist-gan/core';
import type { Dataset, JsonObject, Metric, SampleBatch } from '@dist-gan/core';
import * as v from 'valibot';
import { CollectedSamples } from '../../distributions/collected-samples.js';
import { batchOf, realSamples } from '../../distributions/real-samples.js';
import type { MetricEnvironment, SampleMetric } from '../../distributions/sample-metric.js';
import { extractAll } from '../../extractors/extract-dataset.js';
import { featureLayers } from '../../extractors/inception/network.js';
import { imageMetric } from '../../extractors/image-metric.js';
import { datasetImages } from '../../extractors/images/dataset-images.js';
import { featuresOf, type Features } from '../../features/feature-matrix.js';
import type { FeatureMetric } from '../../features/feature-metric.js';
import type { FrechetOptions } from '../../features/frechet/frechet-distance.js';
import { FrechetMetric } from '../../features/frechet/frechet-metric.js';
import { FeatureMoments, type FeatureStatistics } from '../../features/frechet/feature-moments.js';
import { metrics, type MetricId } from '../../metrics.js';
import { namedResults } from '../name-results.js';
import { evaluationProtocols, type EvaluationProtocolId } from '../protocol/evaluation-protocols.js';
import { datasetSplit } from '../sets/dataset-split.js';
import { imagesLookedAt } from '../sets/whole-batches.js';
import { featureStatistics } from '../statistics/feature-statistics.js';

/** Which real samples a metric that needs them all together is given. */
const realSampleOptions = {
  /** How many, drawn without repetition; all where there are not more. */
  realSamples: v.optional(positiveInteger, 10_000),
  /** Of the stream that draws them. */
  realSeed: v.optional(seed, 0),
};

const inceptionOptions = {
  /** Whose way of preparing images. */
  protocol: v.optional(v.picklist(Object.keys(evaluationProtocols) as EvaluationProtocolId[]), 'clean-fid'),
  layer: v.optional(v.picklist(featureLayers), '2048'),
  /** The first so many real images; default all. */
  realSamples: v.optional(positiveInteger),
  /** The file or folder of the network's weights; default: looked for in the data folder. */
  weights: v.optional(v.string()),
};

type Inputs<Entries extends v.ObjectEntries> = v.InferInput<v.StrictObjectSchema<Entries, undefined>>;

/** The options that {@link createMetric} takes for the metric of an id. */
export type MetricOptions<Id extends MetricId> = OptionsOf<(typeof metrics)[Id]>;

type OptionsOf<Defined> =
  Defined extends SampleMetric<infer Options>
    ? Options
    : Defined extends FeatureMetric<infer Schema, infer Needs, infer Compares>
      ? v.InferInput<Schema> &
          (Defined extends { readonly inception: object }
            ? Inputs<typeof inceptionOptions>
            : Needs extends 'statistics'
              ? unknown
              : Compares extends true
                ? Inputs<typeof realSampleOptions>
                : unknown)
      : never;

/**
 * Makes a metric by its id, for evaluations while a GAN trains: it measures generated samples against a data set. What
 * it takes from the data set is read once; each call of the function that comes back gives a metric that has seen no
 * generated samples. There is none where the metric must be left out, which a notice says.
 *
 * Metrics of any features are of the numbers of a sample, as for points and small images.
 *
 * @throws UnknownItemError naming the nearest; OptionError for bad options, and for a data set that lacks what the metric
 * needs
 */
export async function createMetric(
  id: string,
  options: unknown,
  dataset: Dataset,
  environment: MetricEnvironment = {},
): Promise<(() => Metric) | undefined> {
  const known: Readonly<Record<string, SampleMetric | FeatureMetric>> = metrics;
  if (!Object.hasOwn(known, id)) throw new UnknownItemError('metric', id, Object.keys(known));
  const metric = known[id];
  if (metric.kind === 'samples') return metric.create(options, dataset, environment);
  return metric.inception === undefined
    ? ofNumbers(metric, options, dataset)
    : ofInceptionFeatures(metric, options, dataset, environment);
}

/** The numbers of a sample are its features. */
async function ofNumbers(metric: FeatureMetric, given: unknown, dataset: Dataset): Promise<() => Metric> {
  const { id, needs, compares } = metric;
  if (needs === 'statistics') {
    const options = resolveOptions(metric.options, given, id) as FrechetOptions;
    const moments = new FeatureMoments(featuresOf(batchOf(dataset, new Float32Array(0))).dimension);
    for await (const samples of realSamples(dataset)) await moments.update(asFeatures(samples, dataset));
    const real = { ...(await moments.statistics(options)), protocol: sampleProtocol(dataset) };
    return () => new FrechetMetric(real, options);
  }
  const schema = v.strictObject({ ...metric.options.entries, ...(compares && realSampleOptions) });
  const resolved = resolveOptions(schema, given, id) as JsonObject;
  const { realSamples: wanted, realSeed, ...options } = resolved;
  const real = compares ? await drawReal(dataset, wanted as number, realSeed as number) : undefined;
  return () =>
    new CollectedSamples(id, resolved, async (samples) => {
      const generated = asFeatures(samples, dataset);
      const results = await metric.measure({ real: real ?? generated, generated }, options, {});
      return onlyOwn(id, results);
    });
}

/** Features of Inception, of the real images once and of every batch of generated ones. */
async function ofInceptionFeatures(
  metric: FeatureMetric,
  given: unknown,
  dataset: Dataset,
  { inception, statisticsCache, onNotice, onDispose }: MetricEnvironment,
): Promise<() => Metric> {
  const { id, needs, compares } = metric;
  const own = Object.fromEntries(
    Object.entries((given ?? {}) as JsonObject).filter(([key]) => !(key in inceptionOptions)),
  );
  const ofNetwork = Object.fromEntries(
    Object.entries((given ?? {}) as JsonObject).filter(([key]) => key in inceptionOptions),
  );
  const {
    protocol: protocolId,
    layer,
    realSamples: first,
    weights,
  } = resolveOptions(v.strictObject(inceptionOptions), ofNetwork, id);
  const protocol = evaluationProtocols[protocolId];
  const ofProtocol = metric.protocolOptions && (protocol as Record<string, unknown>)[metric.protocolOptions];
  const options = resolveOptions(metric.options, { ...(ofProtocol as object | undefined), ...own }, id);
  if (inception === undefined) {
    throw new OptionError(
      `metric ${id} is of Inception's features; give createMetric an environment with inception, made of InceptionNetwork ` +
        'of @dist-gan/metrics/evaluate, or take a metric of any features',
      'metrics',
      id,
    );
  }
  const network = inception({ preparation: protocol.preparation, ...(weights !== undefined && { weights }) });
  onDispose?.(() => network.dispose());
  const extractor = await network.extractor(needs === 'logits' ? 'logits_unbiased' : layer);
  const taken = Math.min(first ?? dataset.size, dataset.size);
  const images = imagesLookedAt(
    protocol,
    datasetImages(dataset, { indices: Uint32Array.from({ length: taken }, (_, i) => i) }),
  );
  const split = datasetSplit(dataset, taken);
  // Statistics alone are kept, and of an extractor that says what it is.
  const keeps =
    needs === 'statistics' && statisticsCache !== undefined && extractor.fingerprint !== undefined;
  if (compares)
    onNotice?.(`${id}: features of the real images${keeps ? ', which are kept for the next run' : ''}`);
  const real: Features | FeatureStatistics | undefined = !compares
    ? undefined
    : needs === 'statistics'
      ? await featureStatistics(extractor, images, {
          ddof: (options as FrechetOptions).ddof,
          split,
          onNotice,
          ...(statisticsCache && { cache: statisticsCache }),
        })
      : { ...(await extractAll(extractor, images)), protocol: { ...extractor.protocol, split } };
  return () => {
    const inner = new FeaturesSeen(metric, options as JsonObject, real, extractor.protocol, protocolId);
    return imageMetric({ extractor, metric: inner, range: dataset.range });
  };
}

/** A metric of features that come batch by batch: of their moments where those are enough, else of all of them. */
class FeaturesSeen implements Metric {
  readonly id: string;
  readonly protocol: JsonObject;
  private readonly moments: FeatureMoments | undefined;
  private readonly collected: CollectedSamples;

  constructor(
    private readonly metric: FeatureMetric,
    private readonly options: JsonObject,
    private readonly real: Features | FeatureStatistics | undefined,
    private readonly features: FeatureStatistics['protocol'] & object,
    private readonly protocolId: EvaluationProtocolId,
  ) {
    this.id = metric.id;
    this.protocol = { metric: this.id, ...options };
    this.collected = new CollectedSamples(this.id, options, async (samples) =>
      this.measure({ ...featuresOf(samples), protocol: features }),
    );
    if (metric.needs === 'statistics' && real !== undefined) {
      this.moments = new FeatureMoments(real.dimension, features);
    }
  }

  async update(samples: SampleBatch): Promise<void> {
    if (this.moments === undefined) this.collected.update(samples);
    else await this.moments.update(featuresOf(samples));
  }

  async results() {
    if (this.moments === undefined) return this.collected.results();
    return this.measure(await this.moments.statistics(this.options));
  }

  private async measure(generated: Features | FeatureStatistics) {
    const sets = { generated, real: this.real ?? generated };
    const results = await this.metric.measure(sets, this.options, {});
    const named = namedResults(results, {
      metric: this.metric,
      sets,
      names: { generated: 'generated' },
      protocol: evaluationProtocols[this.protocolId],
    });
    return onlyOwn(this.id, named);
  }
}

/** Of the results of a metric, the one that has its id, if one has. */
function onlyOwn<Result extends { readonly id: string }>(id: string, results: readonly Result[]): Result[] {
  const own = results.filter((result) => result.id === id);
  return own.length > 0 ? own : [...results];
}

async function drawReal(dataset: Dataset, wanted: number, seed: number): Promise<Features> {
  const count = Math.min(wanted, dataset.size);
  const indices =
    count === dataset.size
      ? Uint32Array.from({ length: count }, (_, i) => i)
      : RandomStream.fromSeed(seed).derive('real samples').permutation(dataset.size).slice(0, count);
  return asFeatures(batchOf(dataset, await dataset.batch(indices)), dataset);
}

function asFeatures(samples: SampleBatch, dataset: Dataset): Features {
  return { ...featuresOf(samples), protocol: sampleProtocol(dataset) };
}

function sampleProtocol(dataset: Dataset) {
  return { extractor: 'none: the numbers of a sample', dataset: dataset.id };
}
