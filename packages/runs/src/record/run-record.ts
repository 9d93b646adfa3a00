import type { JsonObject } from '@dist-gan/core';

/** `run.json`: everything that a run depended on. */
export interface RunRecord {
  readonly preset: string;
  readonly seed: number;
  /** Of a recipe: training steps of all its stages. Others have them among their options. */
  readonly steps?: number;
  /** The whole set-up, every default filled in; `dist-gan train --config` takes it back. */
  readonly options: JsonObject;
  /** What a sample is: the shape of one, and the range of its values. */
  readonly samples: {
    readonly shape: readonly number[];
    readonly range: readonly [low: number, high: number];
  };
  readonly executor: string;
  /** Of a compiled run: `onnx` or `tensorflow`, the device, and name and version of the engine. */
  readonly target?: string;
  readonly device?: string;
  readonly engine?: string;
  /** Threads that were asked for. */
  readonly threads?: number;
  /** The TensorFlow.js backend. */
  readonly backend: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly machine: {
    readonly platform: string;
    readonly processor: string;
    readonly cores: number;
    readonly memoryBytes: number;
  };
  /** The commit checked out where the program was started, if that is in a git repository. */
  readonly gitCommit: string | null;
  /** The folder with data files that was asked for. */
  readonly dataFolder?: string;
  /** ISO 8601. */
  readonly startedAt: string;
  /** Each time that the run went on: when, and from which step. */
  readonly resumed?: readonly { readonly at: string; readonly step: number }[];
}

/** Training steps of the whole run. */
export function stepsOf({ steps, options }: Pick<RunRecord, 'steps' | 'options'>): number {
  return steps ?? Number(options.steps);
}
