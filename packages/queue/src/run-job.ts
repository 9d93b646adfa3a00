import type { PlannedRun, Tried } from '@dist-gan/sweeps';

/** The name of the queue in Redis. */
export const queueName = 'dist-gan-runs';

/** What a worker is given. Nothing secret: who may read the queue may read it. */
export interface RunJob {
  /** Of the sweep, as the machine that planned it names it. */
  readonly folder: string;
  readonly run: PlannedRun;
  readonly triesLeft: number;
}

/** What a worker gives back; the numbers are in the run's folder. */
export interface RunJobResult {
  readonly tried: readonly Tried[];
}

/** What a worker tells meanwhile. */
export interface RunJobProgress {
  readonly event: 'step';
  readonly step: number;
}
