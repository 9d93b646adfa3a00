/** Sweeps whose runs workers train, as processes of the built program: for the tests of `dist-gan worker`. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect } from 'vitest';
import { bin, canRun } from './program.js';

const server = ['redis-server', 'valkey-server'].find(
  (name) => spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0,
);

let folder = '';
const children: ChildProcess[] = [];

/** Tests of workers, each in a folder of its own; skipped where there is no built program, or no Redis. */
export function describeWorkers(tests: (inFolder: (path: string) => string) => void): void {
  describe.skipIf(!canRun || server === undefined)('dist-gan worker', () => {
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'dist-gan-worker-'));
    });
    afterEach(async () => {
      // The server last: workers give back to it what they have.
      for (const child of children.splice(0).reverse()) {
        if (child.exitCode !== null || child.signalCode !== null) continue;
        child.kill('SIGTERM');
        await once(child, 'exit');
      }
      // What a killed worker had begun may write for a moment longer.
      rmSync(folder, { recursive: true, maxRetries: 10 });
    });
    tests((path) => join(folder, path));
  });
}

function start(file: string, words: readonly string[], environment = {}): ChildProcess {
  const child = spawn(file, words, {
    cwd: folder,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child.stdout.resume();
  children.push(child);
  return child;
}

/** A worker until it is killed, or the test is over. */
export const startWorker = (words: readonly string[], environment = {}): ChildProcess =>
  start(process.execPath, [bin, 'worker', ...words], environment);

/** A Redis on loopback. @returns its address */
export async function startRedis(): Promise<string> {
  const free = createServer().listen(0, '127.0.0.1');
  await once(free, 'listening');
  const { port } = free.address() as AddressInfo;
  free.close();
  start(server!, ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--dir', folder]);
  return `redis://127.0.0.1:${port}`;
}

/** Whether a run of a sweep's folder has a checkpoint. */
export const hasCheckpoint = (path: string): boolean =>
  existsSync(path) &&
  readdirSync(path).some((name) => {
    const checkpoints = join(path, name, 'checkpoints');
    return existsSync(checkpoints) && readdirSync(checkpoints).some((file) => file.startsWith('step-'));
  });

/** What `dist-gan watch` shows of workers when all is done: how many runs they have trained, and the limit of the last. */
export function expectIdleWorkers(
  path: string,
  expected: { readonly runs: number; readonly limit: number },
): void {
  const workers = JSON.parse(readFileSync(join(path, 'workers.json'), 'utf8')) as {
    runs: number;
    atWork: number;
    limit?: number;
  }[];
  expect(workers.reduce((sum, { runs }) => sum + runs, 0)).toBe(expected.runs);
  expect(workers.map(({ atWork }) => atWork)).toEqual(workers.map(() => 0));
  expect(workers.at(-1)).toMatchObject({ limit: expected.limit });
}
