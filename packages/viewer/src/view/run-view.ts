import type { JsonObject, LatentOptions, MetricResult, ModeCount, PublishedNumber } from '@dist-gan/core';
import type { RunStanding } from '@dist-gan/runs';

/** What became of a run so far; `unreadable`: its files are not as they should be. */
export type RunState = RunStanding | 'unreadable';

/** A run in a list of runs. */
export interface RunSummary {
  /** Of its folder; no two runs of a list have the same. */
  readonly name: string;
  readonly state: RunState;
  /** Why it failed, or cannot be read. */
  readonly message?: string;
  readonly preset: string;
  readonly seed: number;
  /** Finished training steps. */
  readonly step: number;
  /** Training steps of the whole run. */
  readonly steps: number;
  /** Of training. */
  readonly seconds: number;
  /** ISO 8601. */
  readonly startedAt: string;
  /** Of the last evaluation, by the id of the metric. */
  readonly metrics: Readonly<Record<string, number>>;
  /** How each of those was measured, and of which data: only what was measured in one way can be compared. */
  readonly protocols: Readonly<Record<string, JsonObject>>;
  /** Another one whenever anything of the run has changed. */
  readonly version: string;
}

/** Everything that the page shows of a run but samples and pictures. Plain data, as `toJson` of `@dist-gan/core` writes it. */
export interface RunView extends RunSummary {
  readonly title: string;
  readonly description: string;
  /** The paper it is from. */
  readonly source: string;
  /** By `phase/term`. */
  readonly losses: StepTable;
  /** What was measured in steps, by its name: `gradient-norm/<phase>`. */
  readonly measurements: StepTable;
  readonly evaluations: readonly EvaluationRow[];
  /** Of the last evaluation, with protocols. */
  readonly results: readonly MetricResult[];
  readonly published: readonly PublishedNumber[];
  readonly events: readonly EventRow[];
  readonly samples: SampleFrames;
  readonly pictures: readonly Picture[];
  /** `run.json`. */
  readonly record: JsonObject;
  /** What to type for a run of the same settings. */
  readonly command: string;
  readonly generator?: GeneratorView;
}

/** Numbers over steps, column by column. */
export interface StepTable {
  readonly steps: readonly number[];
  /** Since the start of training, of each step. */
  readonly seconds: readonly number[];
  /** See `packNumbers`. */
  readonly columns: Readonly<Record<string, string>>;
}

/** The values of an evaluation, by the id of the metric. */
export interface EvaluationRow {
  readonly step: number;
  readonly seconds: number;
  readonly metrics: Readonly<Record<string, number>>;
  /** Where there is a moving average, whose `metrics` are: those of the generator that is trained. */
  readonly rawMetrics?: Readonly<Record<string, number>>;
  /** What was measured beside, by its name: `weight-norm/<role>`, or what guards look at. */
  readonly measurements?: Readonly<Record<string, number>>;
  /** Of `modes-covered`. */
  readonly modes?: readonly ModeCount[];
}

/** Something that happened, for the list of events. */
export interface EventRow {
  readonly step: number;
  /** ISO 8601, where it is known. */
  readonly at?: string;
  /** `started`, `resumed`, `failure`, ... */
  readonly kind: string;
  readonly text: string;
}

/** The steps that samples were kept of, ascending, and what they are. */
export interface SampleFrames {
  readonly steps: readonly number[];
  /** `points`: float32 coordinates, drawn in a plane or along a line; `images`: a picture of a grid of images. */
  readonly kind: 'points' | 'images';
  /** Of points. */
  readonly plane?: Plane;
}

/** Where points lie. All lengths are in the coordinates of the data set's paper. */
export interface Plane {
  readonly dimension: 1 | 2;
  /** What is shown, of every coordinate. */
  readonly limits: readonly [low: number, high: number];
  /** Real points, x, y, x, y, ...; see `packNumbers`. */
  readonly real: string;
  /** Of a mixture: the centres of its modes, and how far from one a point may lie to count. */
  readonly modes?: { readonly centres: readonly (readonly number[])[]; readonly radius: number };
  /** Takes what the networks make to these coordinates: `scale * value + offset`. */
  readonly scale: number;
  readonly offset: number;
}

/** What else was drawn: reconstructions, interpolations. */
export interface Picture {
  /** Unique in the run. */
  readonly id: string;
  readonly title: string;
  readonly step: number;
}

/** The generator that the run has saved, which the page runs itself where it is served. */
export interface GeneratorView {
  /** Another one whenever it was saved. */
  readonly version: string;
  readonly latents: LatentOptions;
  readonly sampleShape: readonly number[];
  readonly range: readonly [low: number, high: number];
}
