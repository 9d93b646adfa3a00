/// <reference lib="esnext.disposable" preserve="true" />
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { OutputError } from '@dist-gan/core';

/** Who holds a run's folder. */
export interface RunHolder {
  readonly process: number;
  readonly host: string;
  /** When the process started, as the system counts it; null where that cannot be known. */
  readonly started: string | null;
}

export interface RunLock {
  /**
   * Whether the folder is still this process's own: somebody who knew that its machine was gone, or cut off, may have given it to
   * another process.
   */
  isHeld(): boolean;
  /** Lets others write; a second call does nothing. */
  release(): void;
  [Symbol.dispose](): void;
}

const lockName = '.lock';

/**
 * Keeps other processes from writing into a run's folder until `release`. A lock whose process is gone, by a crash or
 * SIGKILL, is taken over.
 *
 * @throws OutputError when another process holds it
 */
export function lockRun(folder: string): RunLock {
  const path = join(folder, lockName);
  const own = JSON.stringify(describe(process.pid));
  // Written beside and linked: a lock is never seen empty.
  const prepared = join(folder, `${lockName}.${process.pid}.${Math.random().toString(36).slice(2)}`);
  try {
    writeFileSync(prepared, own, { flag: 'wx' });
  } catch (cause) {
    // On a full disk there is a name without content.
    rmSync(prepared, { force: true });
    throw unlockable(folder, (cause as Error).message, cause);
  }
  try {
    for (let attempt = 0; attempt < 3; attempt++) {
      try {
        linkSync(prepared, path);
        const unlock = () => release(path, own);
        return { isHeld: () => holds(path, own), release: unlock, [Symbol.dispose]: unlock };
      } catch (cause) {
        if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') {
          throw unlockable(folder, (cause as Error).message, cause);
        }
      }
      removeStale(path, folder);
    }
    throw unlockable(folder, 'others keep taking it');
  } finally {
    rmSync(prepared, { force: true });
  }
}

/**
 * Takes a run's folder from whoever holds it, for whoever knows that the holder is gone or cut off: of a process on another machine this
 * one cannot know. A holder that is there after all ends with an error when it is about to write.
 */
export function freeRun(folder: string): void {
  rmSync(join(folder, lockName), { force: true });
}

/** Who writes into a run's folder at this moment; undefined where nobody does. The lock of a process that is gone counts for nothing. */
export function runHolder(folder: string): RunHolder | undefined {
  let text: string;
  try {
    text = readFileSync(join(folder, lockName), 'utf8');
  } catch {
    return undefined;
  }
  const holder = readHolder(text);
  return holder !== undefined && isAlive(holder) ? holder : undefined;
}

function holds(path: string, own: string): boolean {
  try {
    return readFileSync(path, 'utf8') === own;
  } catch (error) {
    // A shared disk that does not answer gives the folder to nobody.
    return (error as NodeJS.ErrnoException).code !== 'ENOENT';
  }
}

function release(path: string, own: string): void {
  try {
    if (readFileSync(path, 'utf8') === own) rmSync(path);
  } catch {
    // Whoever removed it, it is gone.
  }
}

/** Removes the lock of a process that is gone, and refuses where it may be there. */
function removeStale(path: string, folder: string): void {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return; // Released between two looks.
  }
  const holder = readHolder(text);
  if (holder !== undefined && isAlive(holder)) {
    const where = holder.host === hostname() ? '' : ` on ${holder.host}`;
    const remove = holder.host === hostname() ? '' : `; if it is surely gone, delete ${path}`;
    throw new OutputError(
      `${folder} is being written by process ${holder.process}${where}; wait for it, or end it first${remove}`,
      folder,
    );
  }
  const aside = `${path}.stale.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch {
    return; // Another process was faster.
  }
  try {
    // What was moved may be the fresh lock of a process that was faster: it goes back.
    if (readFileSync(aside, 'utf8') !== text) linkSync(aside, path);
  } catch (cause) {
    // A third one has the folder meanwhile, and the second hears of it before it writes.
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') {
      throw unlockable(folder, (cause as Error).message, cause);
    }
  } finally {
    rmSync(aside, { force: true });
  }
}

function readHolder(text: string): RunHolder | undefined {
  try {
    const holder = JSON.parse(text) as Partial<RunHolder>;
    return typeof holder.process === 'number' && typeof holder.host === 'string'
      ? { started: null, process: holder.process, host: holder.host, ...holder }
      : undefined;
  } catch {
    return undefined;
  }
}

function describe(process: number): RunHolder {
  return { process, host: hostname(), started: startOf(process) };
}

/** Of another machine nothing is known: its process counts as alive. */
function isAlive({ process: id, host, started }: RunHolder): boolean {
  if (host !== hostname()) return true;
  try {
    process.kill(id, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  // Numbers of processes are given again, for instance in the next container.
  const now = startOf(id);
  return started === null || now === null || now === started;
}

/** Field 22 of Linux's `/proc/<id>/stat`: clock ticks from the start of the machine. */
function startOf(id: number): string | null {
  try {
    const stat = readFileSync(`/proc/${id}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return null;
  }
}

function unlockable(folder: string, reason: string, cause?: unknown): OutputError {
  return new OutputError(
    `${folder} cannot be locked (${reason}); a run needs a folder that it can write into`,
    folder,
    {
      cause,
    },
  );
}
