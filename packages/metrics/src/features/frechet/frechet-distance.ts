import { choice, OptionError, type MetricResult } from '@dist-gan/core';
import * as v from 'valibot';
import { checkComparable, featureProtocol, type Features, type RealAndGenerated } from '../feature-matrix.js';
import { runMetric } from '../run-metric.js';
import { checkStatistics, rankWarnings } from './check-statistics.js';
import { FeatureMoments, type FeatureStatistics } from './feature-moments.js';
import { rootTrace } from './frechet-trace.js';
import { part, type RunOptions } from '../../linear-algebra/index.js';
import { featureMetric } from '../feature-metric.js';

export const frechetSchema = v.strictObject({
  /**
   * Covariances are divided by count - ddof. 1 (np.cov) in all common programs, 0 in NVIDIA's of StyleGAN. Says
   * nothing about given statistics, which have a covariance already.
   */
  ddof: v.optional(choice([0, 1]), 1),
});

export type FrechetOptions = v.InferInput<typeof frechetSchema>;

/** A Fréchet distance with its two parts. */
export interface FrechetResult extends MetricResult {
  /** |m1 - m2|²: 0 where the means are equal. */
  readonly meanTerm: number;
  /** tr (S1 + S2 - 2 (S1 S2)^½): 0 where the covariances are equal. */
  readonly covarianceTerm: number;
}

/** Below this share, negative eigenvalues and what no factor explains are rounding. */
const roundingShare = 1e-9;
/** Above this share a matrix is no covariance. */
const indefiniteShare = 1e-4;

/**
 * The Fréchet distance between the Gaussians that have the means and covariances of real and generated features,
 *
 *     |m1 - m2|^2 + tr(S1 + S2 - 2 (S1 S2)^(1/2))
 *
 * With the 2048 features of Inception-v3's last pooling it is the FID (Heusel et al. 2017, equation 6). 0 for equal statistics; smaller is better; biased upwards by about 1 / count,
 * so compare only at equal counts.
 *
 * In float64 with symmetric eigenvalues alone (see `rootTrace`), equal to scipy's matrix root to 1e-8. Result
 * `frechet-distance`; rank deficiency and covariances that are none are told in its warnings. Memory: about six
 * times dimension² numbers, 200 MB for 2048 features.
 *
 * @param sets features, or statistics of features (`FeatureMoments`, `readStatistics`)
 * @throws ShapeError, NonFiniteError, OptionError; the reason of `options.signal` when it is aborted
 */
export async function frechetDistance(
  sets: RealAndGenerated<Features | FeatureStatistics>,
  options: FrechetOptions & RunOptions = {},
): Promise<FrechetResult> {
  return runMetric('frechet-distance', frechetSchema, options, (resolved, run) =>
    distanceOfSets(sets, resolved, run),
  );
}

/** The computation behind `frechetDistance`. */
async function distanceOfSets(
  sets: RealAndGenerated<Features | FeatureStatistics>,
  options: v.InferOutput<typeof frechetSchema>,
  run: RunOptions,
): Promise<FrechetResult> {
  checkComparable('frechet-distance', sets);
  const real = await statisticsOf(sets.real, options.ddof, part(run, 0, 0.3));
  const generated = await statisticsOf(sets.generated, options.ddof, part(run, 0.3, 0.6));
  return await distanceOfStatistics({ real, generated }, part(run, 0.6, 1));
}

export async function statisticsOf(
  set: Features | FeatureStatistics,
  degrees: 0 | 1,
  run: RunOptions,
): Promise<FeatureStatistics> {
  if ('covariance' in set) return set;
  const moments = new FeatureMoments(set.dimension, set.protocol);
  await moments.update(set, part(run, 0, 0.9));
  return moments.statistics({ ddof: degrees, ...part(run, 0.9, 1) });
}

/** The Fréchet distance between two means and covariances. */
export async function distanceOfStatistics(
  sets: RealAndGenerated<FeatureStatistics>,
  run: RunOptions,
): Promise<FrechetResult> {
  const { real, generated } = sets;
  const { dimension } = real;
  checkStatistics('frechet-distance: real', real);
  checkStatistics('frechet-distance: generated', generated);
  // The eigenvalues are as many as the rank of the factored covariance.
  const realIsSmaller = (real.count ?? Infinity) < (generated.count ?? Infinity);
  const [factored, other] = realIsSmaller ? [real, generated] : [generated, real];
  const root = await rootTrace(factored.covariance, other.covariance, dimension, run);
  let meanTerm = 0;
  let covarianceTerm = -2 * root.trace;
  for (let i = 0; i < dimension; i++) {
    meanTerm += (real.mean[i] - generated.mean[i]) ** 2;
    covarianceTerm += real.covariance[i * (dimension + 1)] + generated.covariance[i * (dimension + 1)];
  }
  const indefinite = Math.max(root.residual, root.negativeMass);
  if (indefinite > indefiniteShare) {
    const kind = root.residual > root.negativeMass === realIsSmaller ? 'real' : 'generated';
    throw new OptionError(
      `frechet-distance: the covariance of the ${kind} statistics has negative eigenvalues (share ${indefinite.toExponential(1)}); ` +
        'it is no covariance: compute the statistics again, in float64',
      `${kind}.covariance`,
      indefinite,
    );
  }
  return {
    id: 'frechet-distance',
    value: meanTerm + covarianceTerm,
    meanTerm,
    covarianceTerm,
    protocol: {
      metric: 'frechet-distance',
      ...(real.ddof === generated.ddof
        ? { ddof: real.ddof }
        : { realDdof: real.ddof, generatedDdof: generated.ddof }),
      ...featureProtocol(sets),
    },
    samples: { real: real.count, generated: generated.count },
    warnings: [
      ...rankWarnings(sets),
      ...(indefinite > roundingShare
        ? [
            `negative eigenvalues of share ${indefinite.toExponential(1)} were taken for 0: the statistics were computed in low precision`,
          ]
        : []),
    ],
  };
}

/** Its definition for evaluations and training. */
export const frechetDistanceMetric = featureMetric({
  id: 'frechet-distance',
  title: 'Fréchet distance',
  options: frechetSchema,
  needs: 'statistics',
  protocolOptions: 'frechetDistance',
  measure: async (sets, options, run) => [await distanceOfSets(sets, options, run)],
});
