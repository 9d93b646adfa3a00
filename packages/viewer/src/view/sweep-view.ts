import type { ReferenceLine } from './reference-lines.js';

/** A sweep as the page shows it: what its tables and figure say so far. Plain data, as `toJson` of `@dist-gan/core` writes it. */
export interface SweepView {
  /** One for each preset. */
  readonly groups: readonly SweepGroupView[];
  /** What the numbers of all tables mean. */
  readonly explanations: readonly string[];
  /** Of its queue, where it has one: who trains, and how fast. */
  readonly workers: readonly SweepWorkerView[];
}

export interface SweepGroupView {
  readonly preset: string;
  /** In the order of the table. */
  readonly rows: readonly SweepRowView[];
  readonly table: SweepTableView;
  /** The protocol of each column. */
  readonly protocols: readonly string[];
  /** How far each row is from the one that it is compared with. */
  readonly differences?: SweepTableView;
  readonly published: readonly { readonly metric: string; readonly text: string; readonly source: string }[];
  readonly curves: readonly SweepCurvesView[];
}

/** Texts in rows and columns; each cell has lines, the most important first. */
export interface SweepTableView {
  readonly heading: readonly string[];
  readonly rows: readonly (readonly (readonly string[])[])[];
}

export interface SweepRowView {
  readonly label: string;
  readonly runs: readonly SweepRunView[];
}

export interface SweepRunView {
  /** Of its folder, which may not be there yet. */
  readonly name: string;
  readonly seed: number;
  readonly state: 'done' | 'collapsed' | 'failed' | 'unfinished';
  /** Of what collapsed and what failed. */
  readonly reason?: string;
}

/** A metric over the steps: a curve for each row, with the spread over its seeds. */
export interface SweepCurvesView {
  /** As the table calls its column. */
  readonly metric: string;
  readonly lines: readonly ReferenceLine[];
  readonly rows: readonly {
    readonly label: string;
    readonly points: readonly {
      readonly step: number;
      readonly mean: number;
      readonly least: number;
      readonly greatest: number;
    }[];
  }[];
}

export interface SweepWorkerView {
  readonly worker: string;
  /** Runs that it trains now. */
  readonly atWork: number;
  /** Runs that it has trained. */
  readonly runs: number;
  /** Of those. */
  readonly runsAnHour: number;
  /** Runs that it begins in an hour at most, where it has a limit. */
  readonly limit?: number;
}
