import {
  NonFiniteError,
  OptionError,
  ShapeError,
  toJson,
  type JsonObject,
  type SampleBatch,
} from '@dist-gan/core';
import { firstNotFinite } from './first-not-finite.js';

/** Feature vectors of samples, one after another, and where they come from. */
export interface Features {
  /** Row-major [count, dimension]; finite numbers. */
  readonly data: Float32Array | Float64Array;
  /** How many numbers one sample has. */
  readonly dimension: number;
  /**
   * Every choice that made the numbers: extractor and layer, resize, quantisation, data set and split. Goes into
   * the protocol of each result.
   */
  readonly protocol?: FeatureProtocol;
}

/** How features were made. Features of one metric must agree in everything but `split`. */
export interface FeatureProtocol extends JsonObject {
  /** The network: `inception-v3-fid`, ... */
  readonly extractor: string;
}

/** The two sets that most metrics compare. */
export interface RealAndGenerated<Set = Features> {
  readonly real: Set;
  readonly generated: Set;
}

export function countOf({ data, dimension }: Features): number {
  return data.length / dimension;
}

/**
 * Checks features: whole vectors, all finite.
 *
 * @throws ShapeError when the data are not a whole number of vectors, or fewer than `least`
 * @throws NonFiniteError naming the first value that is NaN or infinite
 */
export function checkFeatures(where: string, features: Features, least = 1): void {
  const { data, dimension } = features;
  if (!Number.isInteger(dimension) || dimension < 1 || data.length % dimension !== 0) {
    throw new ShapeError(
      `${where}: ${data.length} numbers are not a whole count of features of ${dimension}; data must be row-major [count, dimension]`,
      'data',
      [data.length],
      `[count, ${dimension}]`,
    );
  }
  const count = data.length / dimension;
  if (count < least) {
    throw new ShapeError(
      `${where}: got ${count === 0 ? 'no' : count} feature vectors, ${least} or more are needed`,
      'data',
      [count, dimension],
      `[${least} or more, ${dimension}]`,
    );
  }
  const bad = firstNotFinite(data);
  if (bad === undefined) return;
  const sample = Math.floor(bad / dimension);
  throw new NonFiniteError(
    `${where}: feature ${bad % dimension} of sample ${sample} is ${data[bad]}; a metric of such features has no meaning, ` +
      'look for the network or the picture that made it',
    `sample ${sample}`,
  );
}

/**
 * Checks two sets that are to be compared.
 *
 * @throws as `checkFeatures`; ShapeError when their dimensions differ, OptionError when they say that they were
 * made in different ways
 */
export function checkPair(where: string, { real, generated }: RealAndGenerated, least = 1): void {
  checkFeatures(`${where}: real`, real, least);
  checkFeatures(`${where}: generated`, generated, least);
  checkComparable(where, { real, generated });
}

/** The part of `checkPair` that needs no features, for statistics too. */
export function checkComparable(
  where: string,
  { real, generated }: RealAndGenerated<Pick<Features, 'dimension' | 'protocol'>>,
): void {
  if (real.dimension !== generated.dimension) {
    throw new ShapeError(
      `${where}: real features have ${real.dimension} numbers, generated ones ${generated.dimension}; take both from one ` +
        'layer of one network',
      'generated',
      [generated.dimension],
      `[${real.dimension}]`,
    );
  }
  const differing = protocolKeysThatDiffer(real.protocol, generated.protocol);
  if (differing.length === 0) return;
  const shown = differing.map(
    (key) => `${key}: ${toJson(real.protocol![key])} and ${toJson(generated.protocol![key])}`,
  );
  throw new OptionError(
    `${where}: real and generated features were made in different ways (${shown.join('; ')}); extract both in one way`,
    'protocol',
    generated.protocol,
  );
}

function protocolKeysThatDiffer(one?: FeatureProtocol, other?: FeatureProtocol): string[] {
  if (one === undefined || other === undefined) return [];
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].filter(
    (key) => key !== 'split' && toJson(one[key]) !== toJson(other[key]),
  );
}

type Described = Pick<Features, 'dimension' | 'protocol'>;

/** The part of a result's protocol that says what the features are, of one set or of two. */
export function featureProtocol({ real, generated }: { real?: Described; generated: Described }): JsonObject {
  const stated = generated.protocol ?? real?.protocol ?? { extractor: 'not stated' };
  const { split: _, ...features } = stated;
  const [realSplit, generatedSplit] = [real?.protocol?.split, generated.protocol?.split];
  return {
    features: { ...features, dimension: generated.dimension },
    ...(realSplit !== undefined && { realSplit }),
    ...(generatedSplit !== undefined && { generatedSplit }),
  };
}

/** Samples as features: every number of a sample is one. */
export function featuresOf({ data, sampleShape }: SampleBatch): Features {
  const dimension = sampleShape.reduce((product, extent) => product * extent, 1);
  return { data, dimension };
}

/** All numbers in float64: the array itself where it is that already. */
export function inFloat64(data: Features['data']): Float64Array {
  return data instanceof Float64Array ? data : Float64Array.from(data);
}
