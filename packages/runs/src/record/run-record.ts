import { deviceNames, targetNames, type JsonObject } from '@dist-gan/core';
import type { EngineDescription } from '@dist-gan/trainer';
import type { Difference } from './differing-options.js';

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
  /** Each time that the run went on. */
  readonly resumed?: readonly Resumption[];
}

/** A run went on. */
export interface Resumption {
  /** ISO 8601. */
  readonly at: string;
  readonly step: number;
  /** Options, and `engine`, that were others up to this step: what the record says of them holds from here on alone. */
  readonly changed?: readonly Difference[];
}

/** A record with one more thing that is another since the run went on last. */
export function withChange({ resumed = [], ...record }: RunRecord, change: Difference): RunRecord {
  const last = resumed.at(-1);
  if (last === undefined) return record;
  return {
    ...record,
    resumed: [...resumed.slice(0, -1), { ...last, changed: [...(last.changed ?? []), change] }],
  };
}

/** What ran the steps of a run, in words: other engines, and other versions of them, round otherwise. */
export function engineWords({
  executor,
  target,
  device,
  engine,
  backend,
}: Pick<RunRecord, 'executor' | 'target' | 'device' | 'engine' | 'backend'>): string {
  return [executor, target, device, engine ?? backend].filter((part) => part !== undefined).join(' ');
}

/** What a compiled run was compiled for; undefined of an eager one. */
export function compiledFor(
  record: RunRecord | undefined,
): Pick<EngineDescription, 'target' | 'device'> | undefined {
  const target = targetNames.find((name) => name === record?.target);
  const device = deviceNames.find((name) => name === record?.device);
  return target === undefined || device === undefined || device === 'auto' ? undefined : { target, device };
}

/** The machine, in words; a record that somebody has shortened may lack it. */
export function machineWords({ machine }: Pick<RunRecord, 'machine'>): string {
  const { processor, cores, platform } = (machine as Partial<typeof machine> | undefined) ?? {};
  return `${processor ?? 'unknown processor'}, ${cores ?? '?'} cores, ${platform ?? '?'}`;
}

/** Training steps of the whole run. */
export function stepsOf({ steps, options }: Pick<RunRecord, 'steps' | 'options'>): number {
  return steps ?? Number(options.steps);
}
