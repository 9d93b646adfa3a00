import type { PlannedRun } from '@dist-gan/sweeps';
import { number } from '../progress/index.js';

/** What a run of a sweep is called where people read. */
export function runTitle({ setting, spec }: PlannedRun): string {
  return `${setting.preset}, ${setting.label}, seed ${spec.seed}`;
}

/** How many runs a worker has trained in how many milliseconds, how many that is an hour, and how many it may begin. */
export function shareOf({
  runs,
  until,
  runsAnHour,
}: {
  readonly runs: number;
  readonly until: number;
  readonly runsAnHour?: number | undefined;
}): string {
  const limit = runsAnHour === undefined ? '' : `, at most ${number(runsAnHour)}`;
  return `${runs} ${runs === 1 ? 'run' : 'runs'}, ${number((runs * 3.6e6) / until)} an hour${limit}`;
}
