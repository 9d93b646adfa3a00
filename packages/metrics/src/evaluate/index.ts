export {
  evaluate,
  featureMetricOf,
  type EvaluateOptions,
  type FeatureMetricId,
  type RequestedMetric,
} from './evaluate.js';
export { InceptionNetwork, type InceptionNetworkOptions } from './inception-network.js';
export { measureShard, type MeasureShardOptions } from './shards/measure-shard.js';
export { mergeMomentsParts } from './shards/merge-parts.js';
export { readMomentsPart, writeMomentsPart, type MomentsPart } from './shards/moments-part.js';
export type { Shard } from './shards/shard.js';
export { imagesDigest } from './sets/images-digest.js';
export type { EvaluationSet, NpzFile, SampleArray } from './sets/open-set.js';
export { npzKinds, type NpzKind, type NpzSetOptions } from './statistics/npz-set.js';
