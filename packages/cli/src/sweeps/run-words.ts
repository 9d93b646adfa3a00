import type { PlannedRun } from '@dist-gan/sweeps';
import { number } from '../progress/index.js';

/** What a run of a sweep is called where people read. */
export function runTitle({ setting, spec }: PlannedRun): string {
  return `${setting.preset}, ${setting.label}, seed ${spec.seed}`;
}

/** How many runs a worker has trained, and how many that is an hour. */
export function shareOf(runs: number, milliseconds: number): string {
  return `${runs} ${runs === 1 ? 'run' : 'runs'}, ${number((runs * 3.6e6) / milliseconds)} an hour`;
}
