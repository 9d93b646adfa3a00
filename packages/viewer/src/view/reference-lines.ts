import { formatNumber, type PublishedNumber } from '@dist-gan/core';

/** A value that curves are laid beside: a published one, or the best that there can be. */
export interface ReferenceLine {
  readonly label: string;
  readonly value: number;
}

/**
 * What the curve of a metric is laid beside: published values, where one number can be, and what samples of the data itself would have.
 *
 * @param ideal the latter, undefined where it is not known; one that is not finite has no place on an axis
 * @param published of any metrics
 */
export function referenceLines(
  metric: string,
  ideal: number | undefined,
  published: readonly PublishedNumber[],
): ReferenceLine[] {
  const values = published.flatMap(({ metric: id, value, source }) =>
    id === metric && value !== undefined && value !== ideal
      ? [{ value, label: `${source}: ${formatNumber(value)}` }]
      : [],
  );
  const lines =
    ideal !== undefined && Number.isFinite(ideal) ? [{ value: ideal, label: 'of the data itself' }] : [];
  return [...lines, ...values];
}
