import { OptionError } from '@dist-gan/core';
import { total, type Counts } from '../../distributions/divergences.js';

/** Precision and recall at each angle of a PRD curve. */
export interface Curve {
  readonly precision: Float64Array;
  readonly recall: Float64Array;
}

/** The first and last angle are this far from 0 and a right angle. */
const edge = 1e-10;
/** Keeps F of precision 0 and recall 0 at 0. */
const smallest = 1e-10;

/**
 * The precision and recall of a generated histogram q for a real one p, for slopes s that are the tangents of evenly spaced
 * angles,
 *
 *     precision = sum_k min(s p_k, q_k)        recall = precision / s
 *
 * Source: Sajjadi et al. 2018, algorithm 1, as in compare_gan's prd_score.py.
 *
 * @param angles points of the curve, from 3 to 10⁶
 * @throws OptionError for other counts of angles, for an empty histogram, and for histograms over other bins
 */
export function histogramCurve(generated: Counts, real: Counts, angles = 1001): Curve {
  if (!Number.isInteger(angles) || angles < 3 || angles > 1e6) {
    throw new OptionError(
      `prd.angles must be a whole number from 3 to 1000000, got ${angles}`,
      'prd.angles',
      angles,
    );
  }
  const [generatedTotal, realTotal] = [total(generated), total(real)];
  for (const [name, sum] of Object.entries({ generated: generatedTotal, real: realTotal })) {
    if (sum > 0) continue;
    throw new OptionError(`prd: the ${name} histogram is empty; count samples into it first`, name, sum);
  }
  if (generated.length !== real.length) {
    throw new OptionError(
      `prd: the generated histogram has ${generated.length} bins, the real one ${real.length}; count both over the same bins`,
      'generated',
      generated.length,
    );
  }
  const precision = new Float64Array(angles);
  const recall = new Float64Array(angles);
  for (let i = 0; i < angles; i++) {
    const slope = Math.tan(edge + (i / (angles - 1)) * (Math.PI / 2 - 2 * edge));
    for (let k = 0; k < real.length; k++) {
      precision[i] += Math.min((slope * real[k]) / realTotal, generated[k] / generatedTotal);
    }
    recall[i] = precision[i] / slope;
  }
  return { precision, recall };
}

/**
 * F at each point of a curve of precision p and recall r: a beta above 1 weighs recall more.
 *
 *     F = ((1 + beta^2) p r) / (beta^2 p + r)
 */
export function fScores({ precision, recall }: Curve, beta: number): Float64Array {
  if (!(beta > 0)) throw new OptionError(`prd: beta must be above 0, got ${beta}`, 'beta', beta);
  const squared = beta ** 2;
  return precision.map((p, i) => ((1 + squared) * p * recall[i]) / (squared * p + recall[i] + smallest));
}

/** The largest F of a curve. */
export function largestF(curve: Curve, beta: number): number {
  return fScores(curve, beta).reduce((a, b) => Math.max(a, b), 0);
}
