import { basename, join } from 'node:path';
import { readFileSync } from 'node:fs';
import { makeFolder, OptionError } from '@dist-gan/core';
import type { ObjectStorage } from '@dist-gan/queue';
import {
  jobName,
  kubernetesTasks,
  printKubernetes,
  printSlurm,
  slurmTasks,
  writeRunList,
  type ArrayJob,
  type PlannedRun,
  type SweepDefinition,
} from '@dist-gan/sweeps';
import { programItself } from './training-program.js';

export const clusters = ['slurm', 'kubernetes'] as const;
export type Cluster = (typeof clusters)[number];

/** Devices on a graphics card. */
const onCard = new Set(['cuda', 'webgpu']);

/**
 * Fixes the list of the runs that are missing in the folder of the sweep, and in its storage where there is one, and makes the file with
 * which a cluster trains them.
 *
 * @throws OptionError when nothing is missing, StorageError when the list cannot be put there
 */
export async function printJob(
  cluster: Cluster,
  {
    folder,
    missing,
    storage,
    definition: { keep, engine },
    atOnce,
    dataFolder,
    workingDirectory,
  }: {
    readonly folder: string;
    readonly missing: readonly PlannedRun[];
    readonly storage: ObjectStorage | undefined;
    readonly definition: SweepDefinition;
    readonly atOnce: number | undefined;
    readonly dataFolder: string | undefined;
    readonly workingDirectory: string;
  },
): Promise<string> {
  if (missing.length === 0) {
    throw new OptionError(
      `--print ${cluster}: every run of ${folder} is over; add seeds, methods or values, or try failed ones again with --retry`,
      '--print',
      cluster,
    );
  }
  const most = cluster === 'slurm' ? slurmTasks : kubernetesTasks;
  const { file, name, digest, tasks, runs } = writeRunList(folder, {
    tasks: Math.min(missing.length, most),
    keep,
    runs: missing,
  });
  if (storage === undefined) makeFolder(join(folder, 'logs'));
  else await storage.putFile(name, readFileSync(file, 'utf8'));
  const job: ArrayJob = {
    name: jobName(basename(folder), digest),
    folder,
    list: storage === undefined ? file : `${storage.address.replace(/\/$/, '')}/${name}`,
    storage: storage?.address,
    runs: runs.length,
    tasks,
    atOnce,
    threads: engine.threads ?? 1,
    gpu: onCard.has(engine.device ?? 'cpu'),
    dataFolder,
  };
  return cluster === 'slurm' ? printSlurm(job, programItself(workingDirectory)) : printKubernetes(job);
}
