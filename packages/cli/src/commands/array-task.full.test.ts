/** An array job without a folder that its tasks share; `array-task.test.ts` has one with it, `worker.test.ts` workers that share a storage. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { main } from '../main.js';
import { canRun } from '../../test/program.js';
import { recordedTerminal } from '../../test/recorded-terminal.js';
import { StorageServer } from '../../test/storage-server.js';
import { beginnings, results, smallSweep } from '../../test/small-sweep.js';

let folder = '';
let environment: Readonly<Record<string, string>> = {};
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "dist-gan it's an array "));
});
afterEach(() => rmSync(folder, { recursive: true }));

const sweep = async (out: string, ...words: string[]) => {
  const terminal = recordedTerminal({ workingDirectory: folder, environment });
  return { code: await main(smallSweep(out, ...words), terminal), ...terminal.written };
};

describe.skipIf(!canRun)('a job that sweep --print has made', () => {
  it('trains in tasks that share a storage and no folder', { timeout: 300_000 }, async () => {
    const storage = await StorageServer.start(join(folder, 's3'));
    environment = storage.environment;
    try {
      // Long enough for a task to be ended between two checkpoints.
      const longer = ['--methods=gan', '--steps=160', '--set=evaluation.every=40'];
      expect(await sweep('here', '--jobs=1', ...longer)).toMatchObject({ code: 0, stderr: '' });

      const bucket = ['--storage=s3://runs/grid', ...longer];
      const slurm = await sweep('there', '--print=slurm', ...bucket);
      expect(slurm.code).toBe(0);
      /** As on a machine of its own. */
      const start = () => {
        const disk = { TMPDIR: mkdtempSync(join(folder, 'machine-')) };
        const env = { ...process.env, ...environment, ...disk, SLURM_ARRAY_TASK_ID: '0' };
        const child = spawn('bash', ['-s'], { env, stdio: ['pipe', 'ignore', 'inherit'] });
        child.stdin.end(slurm.stdout);
        return child;
      };
      const killed = start();
      const gone = once(killed, 'exit');
      while (!storage.hasCheckpoint()) await new Promise((resolve) => setTimeout(resolve, 20));
      killed.kill('SIGKILL');
      await gone;
      const half = await sweep('there', '--jobs=0', ...bucket);
      expect(half.stdout).toContain('0 done, 1 begun, 1 to train');
      const begun = beginnings(join(folder, 'there'));
      expect(begun).toHaveLength(1);
      expect((await once(start(), 'exit'))[0]).toBe(0);

      const collected = await sweep('there', '--jobs=0', ...bucket);
      expect(collected.stdout).toContain('1 done, 0 to train');
      expect(results(join(folder, 'there'))).toBe(results(join(folder, 'here')));
      // It went on: a run that begins anew has begun later.
      expect(beginnings(join(folder, 'there'))).toEqual(begun);
      const again = await sweep('there', '--print=kubernetes', ...bucket);
      expect(again.stderr).toContain('every run of');
    } finally {
      await storage.stop();
    }
  });
});
