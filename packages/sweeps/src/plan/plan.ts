import { OptionError, type JsonObject } from '@dist-gan/core';
import { changesFor, expandSeeds, expandSettings, type Setting } from '../definition/expand.js';
import type { SweepDefinition } from '../definition/sweep-definition.js';
import { runIdentity, runName, type RunSpec } from './identity.js';

/** A set-up as it would be trained: a preset, and every option of it with its default filled in. */
export interface Setup {
  readonly preset: string;
  readonly options: JsonObject;
}

export interface PlanOptions {
  /**
   * Finds out what a setting means: ids become values, which check their options and know their defaults.
   *
   * @throws GanError for what cannot be trained
   */
  readonly resolve: (setting: Setting, changes: Setting['set'], steps: number | undefined) => Promise<Setup>;
  /** What runs the steps, with its version. */
  readonly engine: JsonObject;
  readonly versions: Readonly<Record<string, string>>;
}

export interface PlannedRun {
  readonly identity: string;
  /** Of its folder. */
  readonly name: string;
  readonly spec: RunSpec;
  readonly setting: Setting;
}

export interface SweepPlan {
  readonly definition: SweepDefinition;
  readonly settings: readonly Setting[];
  readonly seeds: readonly number[];
  /** All settings with the first seed, then all with the second: an unfinished sweep can be read. */
  readonly runs: readonly PlannedRun[];
}

/**
 * Which runs a definition asks for.
 *
 * @throws OptionError when two rows mean the same, and whatever `resolve` throws
 */
export async function planSweep(
  definition: SweepDefinition,
  { resolve, engine, versions }: PlanOptions,
): Promise<SweepPlan> {
  const settings = expandSettings(definition);
  const seeds = expandSeeds(definition);
  const { budget } = definition;
  const steps = budget !== undefined && 'steps' in budget ? budget.steps : undefined;
  const runs: PlannedRun[] = [];
  const known = new Map<string, Setting>();
  for (const seed of seeds) {
    for (const setting of settings) {
      const setup = await resolve(setting, changesFor(setting, seed), steps);
      const spec: RunSpec = {
        ...setup,
        seed,
        engine,
        versions,
        ...(budget !== undefined && 'seconds' in budget && { seconds: budget.seconds }),
      };
      const identity = runIdentity(spec);
      const other = known.get(identity);
      if (other !== undefined) {
        throw new OptionError(
          `sweep: "${other.label}" and "${setting.label}" of ${setting.preset} are the same set-up; leave one of them out`,
          'sweep',
          setting.label,
        );
      }
      known.set(identity, setting);
      runs.push({ identity, name: runName(spec), spec, setting });
    }
  }
  return { definition, settings, seeds, runs };
}
