import { findRuns, summarise, type SweepFolder, type SweepPlan, type SweepSummary } from '@dist-gan/sweeps';
import { drawFigure } from './figure.js';
import { publishedOf } from './published.js';

/** Milliseconds between two writings while runs end one after the other. */
const writeEvery = 60_000;
/** Where tables take long, because there are many rows, they are written so seldom that this share of the time is theirs. */
const writeShare = 0.05;

/** The tables and figures in the folder of a sweep, made of what is kept of its runs. */
export class SweepResults {
  private next = performance.now() + writeEvery;
  private figures: Promise<void> = Promise.resolve();

  constructor(
    private readonly folder: SweepFolder,
    private readonly plan: SweepPlan,
  ) {}

  /** Brings them up to date, unless they were so a short while ago. */
  refresh(): void {
    const begun = performance.now();
    if (begun < this.next) return;
    const summary = this.writeTables();
    this.figures = this.figures.then(() => this.writeFigures(summary));
    // Whoever waits for them is told.
    this.figures.catch(() => undefined);
    const now = performance.now();
    this.next = now + Math.max(writeEvery, (now - begun) / writeShare);
  }

  /** Writes all of them as they are at the end. */
  async finish(): Promise<SweepSummary> {
    const summary = this.writeTables();
    await this.figures;
    await this.writeFigures(summary);
    return summary;
  }

  private writeTables(): SweepSummary {
    const { folder, plan } = this;
    const summary = summarise(plan, findRuns(folder.path, plan, folder.store), publishedOf);
    folder.writeResults(summary);
    return summary;
  }

  private async writeFigures({ groups }: SweepSummary): Promise<void> {
    for (const group of groups) {
      const figure = await drawFigure(group);
      if (figure === undefined) continue;
      this.folder.write(`figure-${group.preset}.svg`, figure.svg);
      this.folder.write(`figure-${group.preset}.png`, figure.png);
    }
  }
}
