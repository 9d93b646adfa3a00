import type { JsonObject } from '@dist-gan/core';
import { getBackend } from '@tensorflow/tfjs-core';
import type { KeepingOptions } from '../keeping/kept-run.js';
import { differingOptions } from './differing-options.js';
import { describeMachine, gitCommit, installedVersions } from './environment.js';
import type { RunRecord } from './run-record.js';

export interface RecordContent extends Pick<
  RunRecord,
  'seed' | 'steps' | 'options' | 'samples' | 'executor' | 'target' | 'device' | 'engine'
> {
  /** The record of a run that goes on, from which step, and with what options until then. */
  readonly before?:
    | { readonly record: RunRecord; readonly step: number; readonly options: JsonObject }
    | undefined;
}

/** The record of a run that begins or goes on now. */
export function makeRecord(
  { before, seed, steps, options, samples, executor, ...engine }: RecordContent,
  { name, threads, dataFolder, workingDirectory = process.cwd() }: KeepingOptions,
): RunRecord {
  const now = new Date().toISOString();
  const changed = before === undefined ? [] : differingOptions(before.options, options);
  return {
    preset: name ?? before?.record.preset ?? nameOf(options),
    seed,
    ...(steps !== undefined && { steps }),
    options,
    samples,
    executor,
    ...engine,
    ...(threads !== undefined && { threads }),
    backend: getBackend(),
    versions: installedVersions(),
    machine: describeMachine(),
    gitCommit: gitCommit(workingDirectory),
    ...(dataFolder !== undefined && { dataFolder }),
    startedAt: before?.record.startedAt ?? now,
    ...(before !== undefined && {
      resumed: [
        ...(before.record.resumed ?? []),
        { at: now, step: before.step, ...(changed.length > 0 && { changed }) },
      ],
    }),
  };
}

function nameOf({ method, recipe, dataset }: JsonObject): string {
  return [method ?? recipe, dataset]
    .map((item) => (item as { id?: string } | undefined)?.id ?? '?')
    .join(' on ');
}
