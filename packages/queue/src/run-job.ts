import { createHash } from 'node:crypto';
import type { PlannedRun, SweepDefinition } from '@dist-gan/sweeps';

/** The name of the queue in Redis. Whoever wants two of them has two databases: `redis://host/1`. */
export const queueName = 'dist-gan-runs';

/** What a worker is given. Nothing secret: who may read the queue may read it. */
export interface RunJob {
  /** Of the sweep, as the machine that planned it names it. */
  readonly folder: string;
  readonly run: PlannedRun;
  /** Where the run is kept, if not in that folder. */
  readonly storage?: {
    readonly address: string;
    /** What of it is kept in the end. */
    readonly keep: SweepDefinition['keep'];
  };
}

/** What a worker gives back; the numbers are in the run's folder. */
export interface RunJobResult {
  /** Who trained it: machine and process. */
  readonly worker: string;
  /** Why its last try went wrong. */
  readonly failure?: string;
}

/** What a worker tells meanwhile. */
export type RunJobProgress =
  /** It begins to train. */
  | { readonly event: 'begin'; readonly worker: string; readonly runsAnHour?: number }
  | { readonly event: 'step'; readonly step: number }
  | { readonly event: 'retry'; readonly reason: string }
  /** It leaves the run to others, which are of the right versions. */
  | { readonly event: 'refused'; readonly worker: string; readonly reason: string };

/** A run of a sweep is one job: two sweeps in two folders may both have it, but for those that share a storage. */
export function jobId({ folder, run, storage }: RunJob): string {
  const place = storage?.address ?? folder;
  return `${run.identity}-${createHash('sha256').update(place).digest('hex').slice(0, 16)}`;
}
