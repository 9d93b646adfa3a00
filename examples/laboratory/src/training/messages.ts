/** What the page and the worker that trains tell each other. */
import type { RunState } from '@dist-gan/trainer';
import type { Settings } from '../settings/settings.js';

/** One run: a method of the settings, and a state to go on from. */
export interface RunRequest {
  readonly settings: Settings;
  /** Which of the settings' methods. */
  readonly place: number;
  readonly state?: RunState;
}

export type ToWorker =
  /** The first message. The run is built, shows itself as it is, and waits for `continue`. */
  | { readonly type: 'open'; readonly run: RunRequest }
  /** Trains on: so many steps, or to the end. */
  | { readonly type: 'continue'; readonly steps?: number }
  | { readonly type: 'pause' }
  /** Rests this part of the time from now on, between steps: see `nextRest`. */
  | { readonly type: 'rest'; readonly share: number }
  /** Answered by an `answer` of the same number. */
  | { readonly type: 'ask'; readonly number: number; readonly question: Question };

export type Question = { readonly kind: 'state' } | { readonly kind: 'export'; readonly form: ExportForm };

/** Forms of docs/exports.md that a page can write. */
export const exportForms = ['onnx', 'layers-model', 'safetensors'] as const;
export type ExportForm = (typeof exportForms)[number];

export interface ExportedFile {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export type FromWorker =
  | { readonly type: 'opened'; readonly engine: string; readonly parameters: number }
  | { readonly type: 'frame'; readonly frame: Frame }
  /** The run waits, after this step. */
  | { readonly type: 'paused' }
  /** The last step is done. The run still answers questions. */
  | { readonly type: 'finished' }
  | { readonly type: 'failed'; readonly message: string }
  | { readonly type: 'answer'; readonly number: number; readonly value?: unknown; readonly error?: string };

/** What is seen of a run after a step. */
export interface Frame {
  readonly step: number;
  /** Of training, without the pauses. */
  readonly seconds: number;
  /** Of the steps since the last frame, without the rests between them. */
  readonly stepsPerSecond: number;
  /** What part of the time the run rests for the page's sake. */
  readonly rest: number;
  /** Generated points, always of the same latents: x and y in turn. */
  readonly samples: Float32Array;
  /** The lattice of latents as points, row after row: `latticeSide` x `latticeSide`. */
  readonly lattice: Float32Array;
  /** The discriminator's logits, from the lower left corner row after row: `scoreSide` x `scoreSide`. */
  readonly scores: Float32Array;
  /** Their gradients on a coarser grid, x and y in turn: `slopeSide` x `slopeSide`. */
  readonly slopes: Float32Array;
  readonly coverage: Coverage;
  /** Mean loss of each phase since the last frame. */
  readonly losses: Readonly<Record<string, number>>;
}

/** How much of the distribution the generated points cover. */
export type Coverage =
  /** Where the modes are known: which have their share of points, and how many points lie in any. */
  | { readonly of: 'modes'; readonly covered: readonly boolean[]; readonly registered: number }
  /** Of a shape: the share of real points with a generated one as near as their fifth neighbour. */
  | { readonly of: 'points'; readonly share: number };

export const sampleCount = 2000;
export const latticeSide = 25;
export const scoreSide = 48;
export const slopeSide = 14;
/** How much is drawn of the plane around the square of the points, on every side. */
export const margin = 0.05;
/** Where a coordinate lies in the drawn plane: from 0 at its left or lower edge to 1. */
export const shareOfPlane = (x: number) => (x + margin) / (1 + 2 * margin);
/** And back. */
export const fromShare = (share: number) => (1 + 2 * margin) * share - margin;
