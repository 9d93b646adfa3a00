import type { MetricResult } from '@dist-gan/core';

/** Metrics by which a run's best checkpoint is chosen, the most telling first: whether more or less is better. */
const directions = new Map<string, 'higher' | 'lower'>([
  ['fid', 'lower'],
  ['kid', 'lower'],
  ['registered-points', 'higher'],
  ['modes-covered', 'higher'],
  ['kl-divergence', 'lower'],
]);

/** The best value so far of the first of these metrics that a run has. */
export class BestMetric {
  private best: { readonly id: string; readonly value: number } | undefined;

  /** @returns the metric's id where its value is better than all before */
  improved(results: readonly MetricResult[]): string | undefined {
    for (const [id, direction] of directions) {
      const value = results.find((result) => result.id === id)?.value;
      if (value === undefined || Number.isNaN(value)) continue;
      const better =
        this.best === undefined ||
        (direction === 'higher' ? value > this.best.value : value < this.best.value);
      if (!better) return undefined;
      this.best = { id, value };
      return id;
    }
    return undefined;
  }
}
