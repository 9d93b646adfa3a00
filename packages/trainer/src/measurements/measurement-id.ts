/**
 * What a run can measure:
 *
 * - `gradient-norms`: in every step, the norm of all gradients of each phase, before any limit; `gradient-norm/<phase>`
 * - `weight-norms`: at evaluations, the norm of all trainable weights of each network; `weight-norm/<role>`
 * - `spectral-norms`: at evaluations, the largest singular value of each weight with two axes or more, as a matrix with its
 *   last axis as columns; `spectral-norm/<role>/<index>`
 */
export type MeasurementId = (typeof measurementIds)[number];

export const measurementIds = ['gradient-norms', 'weight-norms', 'spectral-norms'] as const;
