import { hostname } from 'node:os';
import { join } from 'node:path';
import { OptionError } from '@dist-gan/core';
import { freeRun } from '@dist-gan/runs';
import type { PlannedRun } from '../plan/plan.js';
import { SweepFolder } from '../sweep-folder.js';
import type { RunStorage, TakenRun } from './run-storage.js';

/** The folder of the sweep itself, on a disk that all machines see: what is written there is kept. */
export class SharedFolder implements RunStorage {
  /**
   * @param folder as this machine names it
   * @param isTakenOver whether whoever had a run before is known to be gone: what it left locked is free
   */
  constructor(
    private readonly folder: string,
    private readonly isTakenOver: boolean,
  ) {}

  /** @throws OptionError where the folder of the sweep is not shared with this machine */
  take({ name }: PlannedRun): Promise<TakenRun> {
    const { folder } = this;
    if (!SweepFolder.isOpenedAt(folder)) {
      return Promise.reject(
        new OptionError(
          `${folder} is no folder of a sweep on ${hostname()}; mount it there, or say what it is called there with --folder there=here`,
          '--folder',
          folder,
        ),
      );
    }
    if (this.isTakenOver) freeRun(join(folder, name));
    const nothing = () => Promise.resolve();
    return Promise.resolve({ folder, keepCheckpoint: nothing, keepAll: nothing, leave: () => undefined });
  }
}
