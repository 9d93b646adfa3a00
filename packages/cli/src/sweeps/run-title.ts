import type { PlannedRun } from '@dist-gan/sweeps';

/** What a run of a sweep is called where people read. */
export function runTitle({ setting, spec }: PlannedRun): string {
  return `${setting.preset}, ${setting.label}, seed ${spec.seed}`;
}
