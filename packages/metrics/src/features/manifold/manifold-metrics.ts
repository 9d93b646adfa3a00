import { choice, OptionError, positiveInteger, type MetricResult } from '@dist-gan/core';
import * as v from 'valibot';
import { checkPair, countOf, featureProtocol, type RealAndGenerated } from '../feature-matrix.js';
import { runMetric } from '../run-metric.js';
import { Distances, frameOf, squaredRadii, type Frame } from './distances.js';
import { part, type RunOptions } from '../../linear-algebra/index.js';
import { featureMetric } from '../feature-metric.js';

const boundary = choice(['inclusive', 'exclusive'], JSON.stringify);

export const precisionRecallSchema = v.strictObject({
  /** k: a ball reaches from a sample to its k-th nearest neighbour in its own set. */
  neighbours: v.optional(positiveInteger, 3),
  /** Whether a sample at exactly the radius is inside: `inclusive` (NVlabs, torch-fidelity), `exclusive` (fld). */
  boundary: v.optional(boundary, 'inclusive'),
});

const densityCoverageSchema = v.strictObject({
  /** As for precision and recall; 5 in prdc, StudioGAN and dgm-eval. */
  neighbours: v.optional(positiveInteger, 5),
  /** As for precision and recall; exclusive in prdc. */
  boundary: v.optional(boundary, 'exclusive'),
});

export type PrecisionRecallOptions = v.InferInput<typeof precisionRecallSchema>;
export type DensityCoverageOptions = v.InferInput<typeof densityCoverageSchema>;

export type ManifoldId = 'precision' | 'recall' | 'density' | 'coverage';

/** Definitions, with r real and g generated samples and B(x) the ball of x. */
const definitions: Readonly<Record<ManifoldId, string>> = {
  precision: 'share of g inside some B(r)',
  recall: 'share of r inside some B(g)',
  density: 'mean over g of the count of B(r) around it, over neighbours',
  coverage: 'share of r with some g inside B(r)',
};

/**
 * Improved precision and recall (Kynkäänniemi et al. 2019): the share of generated samples inside the balls of
 * real ones, and of real samples inside the balls of generated ones; a ball reaches to the k-th neighbour of its
 * own set. From 0 to 1, larger is better; results `precision` and `recall`.
 *
 * Exact, in float64 and tiles of 1024 x 1024 distances: memory of three such tiles of features and k numbers a
 * sample, whatever the number of samples. Time grows with the square of it.
 *
 * @throws ShapeError, NonFiniteError, OptionError; the reason of `options.signal` when it is aborted
 */
export async function precisionRecall(
  sets: RealAndGenerated,
  options: PrecisionRecallOptions & RunOptions = {},
): Promise<MetricResult[]> {
  return runMetric('precision-recall', precisionRecallSchema, options, (resolved, run) =>
    manifoldResults(sets, resolved, ['precision', 'recall'], run),
  );
}

/**
 * Density and coverage (Naeem et al. 2020): how many balls of real samples a generated one is in, over k, about 1
 * for equal distributions; and the share of real samples with a generated one in their ball, at best
 * 1 - 2^-k. Results `density` and `coverage`. Memory as `precisionRecall`.
 *
 * @throws ShapeError, NonFiniteError, OptionError; the reason of `options.signal` when it is aborted
 */
export async function densityCoverage(
  sets: RealAndGenerated,
  options: DensityCoverageOptions & RunOptions = {},
): Promise<MetricResult[]> {
  return runMetric('density-coverage', densityCoverageSchema, options, (resolved, run) =>
    manifoldResults(sets, resolved, ['density', 'coverage'], run),
  );
}

/**
 * Precision, recall, density and coverage in one pass, by one rule: that of the package prdc (k = 5, exclusive)
 * unless told otherwise. Memory as `precisionRecall`.
 *
 * @throws ShapeError, NonFiniteError, OptionError; the reason of `options.signal` when it is aborted
 */
export async function precisionRecallDensityCoverage(
  sets: RealAndGenerated,
  options: DensityCoverageOptions & RunOptions = {},
): Promise<MetricResult[]> {
  return runMetric('prdc', densityCoverageSchema, options, (resolved, run) =>
    manifoldResults(sets, resolved, allManifoldIds, run),
  );
}

const allManifoldIds: readonly ManifoldId[] = ['precision', 'recall', 'density', 'coverage'];

/** The computation behind the three functions. */
async function manifoldResults(
  sets: RealAndGenerated,
  rule: v.InferOutput<typeof precisionRecallSchema>,
  wanted: readonly ManifoldId[],
  run: RunOptions,
): Promise<MetricResult[]> {
  const { real, generated } = sets;
  const { neighbours } = rule;
  checkPair('precision-recall', sets);
  const counts = { real: countOf(real), generated: countOf(generated) };
  const needsGeneratedBalls = wanted.includes('recall');
  checkNeighbours(neighbours, needsGeneratedBalls ? counts : { real: counts.real });

  const frame = frameOf(sets);
  const realRadii = await squaredRadii(real, neighbours, frame, part(run, 0, 0.25));
  const generatedRadii = needsGeneratedBalls
    ? await squaredRadii(generated, neighbours, frame, part(run, 0.25, 0.5))
    : new Float64Array(counts.generated);
  const seen = await compareWithBalls(
    sets,
    frame,
    realRadii,
    generatedRadii,
    rule.boundary,
    part(run, 0.5, 1),
  );

  const share = (flags: ArrayLike<number>) => {
    let sum = 0;
    for (let i = 0; i < flags.length; i++) sum += Math.min(flags[i], 1);
    return sum / flags.length;
  };
  const balls = seen.realBallsAround.reduce((sum, count) => sum + count, 0);
  const values: Readonly<Record<ManifoldId, () => number>> = {
    precision: () => share(seen.realBallsAround),
    recall: () => share(seen.isRecalled),
    density: () => balls / (neighbours * counts.generated),
    coverage: () => share(seen.isCovered),
  };
  return wanted.map((id) => ({
    id,
    value: values[id](),
    protocol: {
      metric: id,
      definition: definitions[id],
      ...rule,
      distance: 'euclidean',
      ...featureProtocol(sets),
    },
    samples: counts,
    warnings: [],
  }));
}

/**
 * @param counts samples of each set, by what it is called in messages
 * @throws OptionError when the samples of a set have no k-th neighbour
 */
export function checkNeighbours(neighbours: number, counts: Readonly<Record<string, number>>): void {
  for (const [set, count] of Object.entries(counts)) {
    if (neighbours < count) continue;
    throw new OptionError(
      `neighbours: of the ${set} samples there ${count === 1 ? 'is 1' : `are ${count}`}, each with ${count - 1} others, so none has ` +
        `a neighbour ${neighbours}; take a smaller k or more ${set} samples`,
      'neighbours',
      neighbours,
    );
  }
}

interface Comparison {
  /** For each generated sample, how many balls of real samples it is in. */
  readonly realBallsAround: Uint32Array;
  /** For each real sample 1 when it is in the ball of a generated one. */
  readonly isRecalled: Uint8Array;
  /** For each real sample 1 when a generated one is in its ball. */
  readonly isCovered: Uint8Array;
}

async function compareWithBalls(
  { real, generated }: RealAndGenerated,
  frame: Frame,
  realRadii: Float64Array,
  generatedRadii: Float64Array,
  boundary: v.InferOutput<typeof precisionRecallSchema>['boundary'],
  run: RunOptions,
): Promise<Comparison> {
  const seen = {
    realBallsAround: new Uint32Array(generatedRadii.length),
    isRecalled: new Uint8Array(realRadii.length),
    isCovered: new Uint8Array(realRadii.length),
  };
  const isInside = (square: number, radius: number) =>
    square < radius || (boundary === 'inclusive' && square === radius);
  // A set compared with itself has all of its pairs: the matrix has no half to leave out here.
  const distances = new Distances(real, real === generated ? { ...generated } : generated, frame);
  await distances.visit(({ firstRow, firstColumn, rows, columns, lower }) => {
    for (let i = firstRow, at = 0; i < firstRow + rows; i++) {
      const radius = realRadii[i];
      for (let j = firstColumn; j < firstColumn + columns; j++, at++) {
        const low = lower[at];
        if (low > radius && low > generatedRadii[j]) continue;
        const high = low + distances.slack(i, j);
        // Where the bounds lie on one side of both radii, any number between them tells the same.
        const isDecided = (of: number) => low > of || high < of;
        const square = isDecided(radius) && isDecided(generatedRadii[j]) ? low : distances.exact(i, j);
        if (isInside(square, radius)) {
          seen.realBallsAround[j]++;
          seen.isCovered[i] = 1;
        }
        if (isInside(square, generatedRadii[j])) seen.isRecalled[i] = 1;
      }
    }
  }, run);
  return seen;
}

function manifoldMetric(id: string, title: string, schema: ManifoldSchema, wanted: readonly ManifoldId[]) {
  return featureMetric({
    id,
    title,
    options: schema,
    needs: 'features',
    measure: (sets, options, run) => manifoldResults(sets, options, wanted, run),
  });
}

type ManifoldSchema = typeof precisionRecallSchema | typeof densityCoverageSchema;

/** Their definitions for evaluations and training. */
export const manifoldMetrics = {
  precision: manifoldMetric('precision', 'precision', precisionRecallSchema, ['precision']),
  recall: manifoldMetric('recall', 'recall', precisionRecallSchema, ['recall']),
  density: manifoldMetric('density', 'density', densityCoverageSchema, ['density']),
  coverage: manifoldMetric('coverage', 'coverage', densityCoverageSchema, ['coverage']),
  precisionRecall: {
    ...manifoldMetric('precision-recall', 'precision and recall', precisionRecallSchema, [
      'precision',
      'recall',
    ]),
    protocolOptions: 'precisionRecall',
  },
  all: manifoldMetric(
    'precision-recall-density-coverage',
    'precision, recall, density and coverage',
    densityCoverageSchema,
    allManifoldIds,
  ),
} as const;
