import type { ReferenceLine } from '../../src/view/index.js';

/** Where the points of curves lie along the axis. */
export interface Positions {
  readonly steps: readonly number[];
  /** Of training. */
  readonly seconds: readonly number[];
}

export interface Curve {
  readonly label: string;
  /** Of the palette. */
  readonly color: number;
  readonly at: Positions;
  readonly values: ArrayLike<number>;
  /** Between what the values lie that these are the means of. */
  readonly spread?: { readonly least: ArrayLike<number>; readonly greatest: ArrayLike<number> };
  /** Drawn below the others, in grey. */
  readonly muted?: boolean;
}

export interface ChartContent {
  /** Unique on the page. */
  readonly id: string;
  readonly title: string;
  readonly curves: readonly Curve[];
  readonly lines: readonly ReferenceLine[];
  /** Whether it is a curve of every step, which noise may be taken out of, and not of a few evaluations. */
  readonly dense: boolean;
}

/** How all charts of a page are shown. */
export interface CurveSettings {
  readonly along: 'steps' | 'seconds';
  /** Of dense charts. */
  readonly log: boolean;
  /** Of dense charts: the weight of what came before. */
  readonly smoothing: number;
  /** What part is shown; everything where there is none. */
  readonly zoom: readonly [from: number, to: number] | undefined;
}

export const firstSettings: CurveSettings = { along: 'steps', log: false, smoothing: 0.9, zoom: undefined };
