import { positiveInteger, RandomStream, resolveOptions } from '@dist-gan/core';
import type { Dataset, Metric, MetricResult, SampleBatch } from '@dist-gan/core';
import * as v from 'valibot';
import { CollectedSamples } from './collected-samples.js';
import { msSsimResult, msSsimSchema } from '../../features/diversity/ms-ssim-diversity.js';
import { vendiResult, vendiSchema } from '../../features/diversity/vendi-score.js';
import { featuresOf, type Features, type RealAndGenerated } from '../../features/feature-matrix.js';
import { frechetSchema } from '../../features/frechet/frechet-distance.js';
import { FrechetMetric } from '../../features/frechet/frechet-metric.js';
import { FeatureMoments } from '../../features/frechet/feature-moments.js';
import { kernelResults, kernelSchema } from '../../features/kernel/kernel-distance.js';
import {
  densityCoverageSchema,
  manifoldResults,
  precisionRecallSchema,
  type ManifoldId,
} from '../../features/manifold/manifold-metrics.js';
import type { RunOptions } from '../../linear-algebra/index.js';
import { batchOf, realSamples } from './real-samples.js';
import {
  slicedWassersteinResults,
  slicedWassersteinSchema,
} from '../../features/sliced-wasserstein/sliced-wasserstein.js';

type Maker = (options: unknown, dataset: Dataset) => Promise<() => Metric>;
type Schema = v.StrictObjectSchema<v.ObjectEntries, undefined>;

/** Which real samples a metric that needs them all together is given. */
const realSampleOptions = {
  /** How many, drawn without repetition; all where there are not more. */
  realSamples: v.optional(positiveInteger, 10_000),
  /** Of the stream that draws them. */
  realSeed: v.optional(v.pipe(v.number(), v.safeInteger('must be a whole number'), v.minValue(0)), 0),
};

/**
 * Metrics of features where the numbers of a sample are its features, as for points and small images. For
 * features of a network, call the metrics' functions.
 */
export const featureMetrics = {
  'frechet-distance': frechet,
  // Without subsets: evaluations have too few samples for them.
  'kernel-distance': ofSets(
    'kernel-distance',
    v.strictObject({ ...kernelSchema.entries, sampling: v.optional(kernelSchema.entries.sampling, 'all') }),
    kernelResults,
  ),
  precision: ofManifold('precision', precisionRecallSchema),
  recall: ofManifold('recall', precisionRecallSchema),
  density: ofManifold('density', densityCoverageSchema),
  coverage: ofManifold('coverage', densityCoverageSchema),
  'sliced-wasserstein': ofSets('sliced-wasserstein', slicedWassersteinSchema, slicedWassersteinResults),
  'vendi-score': vendi,
  'ms-ssim': msSsim,
} as const satisfies Record<string, Maker>;

async function frechet(given: unknown, dataset: Dataset): Promise<() => Metric> {
  const options = resolveOptions(frechetSchema, given, 'frechet-distance');
  const moments = new FeatureMoments(featuresOf(batchOf(dataset, new Float32Array(0))).dimension);
  for await (const samples of realSamples(dataset)) await moments.update(asFeatures(samples, dataset));
  const real = { ...(await moments.statistics(options)), protocol: sampleProtocol(dataset) };
  return () => new FrechetMetric(real, options);
}

/** A metric of real and generated samples: of its results, the one that has its id. */
function ofSets<Options extends Schema>(
  id: string,
  schema: Options,
  computation: (
    sets: RealAndGenerated,
    options: v.InferOutput<Options>,
    run: RunOptions,
  ) => Promise<MetricResult[]>,
): Maker {
  const withReal = v.strictObject({ ...schema.entries, ...realSampleOptions });
  return async (given, dataset) => {
    const resolved = resolveOptions(withReal, given, id);
    const { realSamples: wanted, realSeed, ...rest } = resolved;
    const options = rest as unknown as v.InferOutput<Options>;
    const real = await drawReal(dataset, wanted, realSeed);
    return () =>
      new CollectedSamples(id, { ...resolved }, async (samples) => {
        const generated = asFeatures(samples, dataset);
        const results = await computation({ real, generated }, options, {});
        return results.filter((result) => result.id === id);
      });
  };
}

function ofManifold(
  id: ManifoldId,
  schema: typeof precisionRecallSchema | typeof densityCoverageSchema,
): Maker {
  return ofSets(id, schema, (sets, rule, run) => manifoldResults(sets, rule, [id], run));
}

async function vendi(given: unknown, dataset: Dataset): Promise<() => Metric> {
  const options = resolveOptions(vendiSchema, given, 'vendi-score');
  return () =>
    new CollectedSamples('vendi-score', options, async (samples) => {
      return [await vendiResult(asFeatures(samples, dataset), options, {})];
    });
}

async function msSsim(given: unknown, dataset: Dataset): Promise<() => Metric> {
  const range = { range: [...dataset.range], ...(given as object | undefined) };
  const options = resolveOptions(msSsimSchema, range, 'ms-ssim');
  return () =>
    new CollectedSamples('ms-ssim', options, async (samples) => {
      return [await msSsimResult(samples, options, {})];
    });
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
