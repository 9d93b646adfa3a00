/** Standard deviations of another mode that reach no sample to speak of. */
const farAway = 5;

/**
 * The share of a mixture's own samples that lie within the radius of their mode: P(chi <= radius / standardDeviation),
 * which in the plane is 1 - exp(-(radius / standardDeviation)^2 / 2). Only where the modes are so far apart that a sample
 * is near one of them alone; otherwise `undefined`.
 */
export function shareWithin({
  centres,
  radius,
  standardDeviation,
}: {
  readonly centres: readonly (readonly number[])[];
  readonly radius: number;
  readonly standardDeviation?: number | undefined;
}): number | undefined {
  if (standardDeviation === undefined || centres[0].length !== 2) return undefined;
  const apart = radius + Math.max(radius, farAway * standardDeviation);
  const isAlone = ([x, y]: readonly number[], mode: number) =>
    centres.every((other, i) => i === mode || Math.hypot(x - other[0], y - other[1]) > apart);
  return centres.every(isAlone) ? 1 - Math.exp(-((radius / standardDeviation) ** 2) / 2) : undefined;
}
