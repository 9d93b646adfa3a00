import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fromJson, toJson } from '@dist-gan/core';
import type { WorkerShare } from '@dist-gan/queue';
import type { SweepFolder } from '@dist-gan/sweeps';
import type { SweepWorkerView } from '@dist-gan/viewer';

/** In the folder of a sweep that has a queue: who trains it, for `dist-gan watch`. */
const workersFile = 'workers.json';

/** @param workers undefined where the sweep has no queue this time */
export function writeWorkers(folder: SweepFolder, workers: readonly WorkerShare[] | undefined): void {
  if (workers === undefined) return rmSync(join(folder.path, workersFile), { force: true });
  const views = workers.map(({ worker, atWork, runs, until, runsAnHour }): SweepWorkerView => {
    const limit = runsAnHour === undefined ? {} : { limit: runsAnHour };
    return { worker, atWork, runs, runsAnHour: runs === 0 ? 0 : (runs * 3.6e6) / until, ...limit };
  });
  folder.write(workersFile, `${toJson(views, 2)}\n`);
}

/** @param path of a sweep's folder */
export function readWorkers(path: string): readonly SweepWorkerView[] {
  try {
    return fromJson(readFileSync(join(path, workersFile), 'utf8')) as readonly SweepWorkerView[];
  } catch {
    return []; // It has no queue.
  }
}
