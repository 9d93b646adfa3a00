/** Means of the phases' losses over the steps between two frames. */
export class MeanLosses {
  private sums: Record<string, number> = {};
  private count = 0;

  /** @param losses by `phase/total` and `phase/<term>` */
  add(losses: Readonly<Record<string, number>>): void {
    this.count++;
    for (const [name, loss] of Object.entries(losses)) {
      const [phase, term] = name.split('/');
      if (term === 'total') this.sums[phase] = (this.sums[phase] ?? 0) + loss;
    }
  }

  /** The means since the last call; nothing where there was no step. */
  take(): Record<string, number> {
    const means = Object.fromEntries(
      Object.entries(this.sums).map(([phase, sum]) => [phase, sum / this.count]),
    );
    this.sums = {};
    this.count = 0;
    return means;
  }
}
