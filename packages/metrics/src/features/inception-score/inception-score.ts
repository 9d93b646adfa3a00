import {
  meanOf,
  OptionError,
  positiveInteger,
  seedOf32Bits,
  standardDeviationOf,
  type MetricResult,
} from '@dist-gan/core';
import * as v from 'valibot';
import { checkFeatures, countOf, featureProtocol, type Features } from '../feature-matrix.js';
import { NumpyRandom } from '../numpy-random.js';
import { runMetric } from '../run-metric.js';
import { pause, type RunOptions } from '../../linear-algebra/index.js';
import { featureMetric } from '../feature-metric.js';

export const inceptionScoreSchema = v.strictObject({
  /** Parts that are scored one by one: part i has samples floor(i N / splits) to before floor((i + 1) N / splits). */
  splits: v.optional(positiveInteger, 10),
  /**
   * Shuffles the samples first with NumPy's `RandomState` of this seed, as torch-fidelity does: samples sorted by class,
   * as the files of a folder often are, would score 1. `null` leaves them in order, as in OpenAI's code.
   */
  seed: v.optional(v.nullable(seedOf32Bits), 2020),
});

export type InceptionScoreOptions = v.InferInput<typeof inceptionScoreSchema>;

/**
 * The Inception Score of class logits of generated samples,
 *
 *     exp(mean over x of KL(p(y|x) || p(y)))
 *
 * From 1, when all
 * samples have one class distribution, to the count of classes. Mean and standard deviation (ddof 0) over splits.
 * In log-softmax, float64.
 *
 * Results `inception-score` and `inception-score-standard-deviation`. Source: Salimans et al. 2016, with the
 * 1008 logits of the 2015 Inception without their bias.
 *
 * @param logits row-major [count, classes]
 * @throws ShapeError, NonFiniteError, OptionError; the reason of `options.signal` when it is aborted
 */
export async function inceptionScore(
  logits: Features,
  options: InceptionScoreOptions & RunOptions = {},
): Promise<MetricResult[]> {
  return runMetric('inception-score', inceptionScoreSchema, options, (resolved, run) =>
    scoresOf(logits, resolved, run),
  );
}

/** The computation behind `inceptionScore`. */
async function scoresOf(
  logits: Features,
  { splits, seed }: v.InferOutput<typeof inceptionScoreSchema>,
  run: RunOptions,
): Promise<MetricResult[]> {
  checkFeatures('inception-score', logits);
  const count = countOf(logits);
  if (splits > count) {
    throw new OptionError(
      `inception-score.splits: ${count} samples cannot be split in ${splits} parts`,
      'inception-score.splits',
      splits,
    );
  }
  const order =
    seed === null
      ? Uint32Array.from({ length: count }, (_, i) => i)
      : new NumpyRandom(seed).permutation(count);
  const scores: number[] = [];
  for (let split = 0; split < splits; split++) {
    await pause(run, split / splits);
    const first = Math.floor((split * count) / splits);
    scores.push(scoreOf(logits, order.subarray(first, Math.floor(((split + 1) * count) / splits))));
  }
  const result = (id: string, value: number): MetricResult => ({
    id,
    value,
    protocol: {
      metric: 'inception-score',
      splits,
      shuffle: seed === null ? 'none' : `numpy RandomState(${seed})`,
      ...featureProtocol({ generated: logits }),
    },
    samples: { generated: count },
    warnings: [],
  });
  return [
    result('inception-score', meanOf(scores)),
    result('inception-score-standard-deviation', standardDeviationOf(scores, 0)),
  ];
}

/** exp(mean of sum of p (ln p - ln mean p)) over the samples at `indices`. */
function scoreOf({ data, dimension }: Features, indices: Uint32Array): number {
  const marginal = new Float64Array(dimension);
  const logarithms = new Float64Array(dimension);
  let negativeEntropy = 0;
  for (const index of indices) {
    logSoftmax(data, index * dimension, logarithms);
    for (let k = 0; k < dimension; k++) {
      const probability = Math.exp(logarithms[k]);
      marginal[k] += probability;
      negativeEntropy += probability * logarithms[k];
    }
  }
  // The mean of sum p ln(mean p) is the sum of (mean p) ln(mean p).
  let negativeMarginalEntropy = 0;
  for (const sum of marginal) {
    const share = sum / indices.length;
    if (share > 0) negativeMarginalEntropy += share * Math.log(share);
  }
  return Math.exp(negativeEntropy / indices.length - negativeMarginalEntropy);
}

function logSoftmax(data: Features['data'], offset: number, target: Float64Array): void {
  let largest = -Infinity;
  for (let k = 0; k < target.length; k++) largest = Math.max(largest, data[offset + k]);
  let sum = 0;
  for (let k = 0; k < target.length; k++) sum += Math.exp(data[offset + k] - largest);
  const logarithm = Math.log(sum);
  // One after the other: beside a large logit their sum would have none of the logarithm's digits.
  for (let k = 0; k < target.length; k++) target[k] = data[offset + k] - largest - logarithm;
}

/** Its definition for evaluations and training. */
export const inceptionScoreMetric = featureMetric({
  id: 'inception-score',
  title: 'Inception Score of the generated samples',
  options: inceptionScoreSchema,
  needs: 'logits',
  compares: false,
  protocolOptions: 'inceptionScore',
  measure: ({ generated }, options, run) => scoresOf(generated, options, run),
});
