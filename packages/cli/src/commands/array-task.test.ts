import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { main } from '../main.js';
import { recordedTerminal } from '../testing/recorded-terminal.js';
import { StorageServer } from '../testing/storage-server.js';

const bin = fileURLToPath(new URL('../../dist/bin.js', import.meta.url));

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "dist-gan it's an array "));
});
afterEach(() => rmSync(folder, { recursive: true }));

let environment: Readonly<Record<string, string>> = {};
const run = async (...words: string[]) => {
  const terminal = recordedTerminal({ workingDirectory: folder, environment });
  return { code: await main(words, terminal), ...terminal.written };
};

const sweep = (out: string, ...words: string[]) =>
  sweepOf(out, '--methods=gan,lsgan', '--steps=4', '--set=evaluation.every=2', ...words);

const sweepOf = (out: string, ...words: string[]) =>
  run(
    'sweep',
    '--preset=gaussian-grid',
    '--seeds=1',
    '--backend=cpu',
    '--set=evaluation.samples=100',
    '--set=architecture.hiddenUnits=[8]',
    '--set=batchSize=16',
    '--set=dataset.pointsPerMode=20',
    '--no-probe',
    `--out=${out}`,
    ...words,
  );

/** When each run began. */
const recordsIn = (path: string) =>
  readdirSync(join(folder, path), { withFileTypes: true })
    .filter(({ name }) => existsSync(join(folder, path, name, 'run.json')))
    .map(({ name }) => {
      const { startedAt } = JSON.parse(readFileSync(join(folder, path, name, 'run.json'), 'utf8')) as {
        startedAt: string;
      };
      return { name, startedAt };
    });

const results = (path: string) =>
  readFileSync(join(folder, path, 'results.json'), 'utf8').replaceAll(/"seconds": [\d.e-]+/g, '"seconds": 0');

describe.skipIf(!existsSync(bin) || process.platform === 'win32')('a job that sweep --print has made', () => {
  it('trains in the tasks of a cluster what one process trains', { timeout: 300_000 }, async () => {
    expect((await sweep('here', '--jobs=2')).code).toBe(0);

    const slurm = await sweep('there', '--print=slurm');
    expect(slurm.code).toBe(0);
    const second = { ...process.env, SLURM_ARRAY_TASK_ID: '1' };
    const { status, stderr } = spawnSync('bash', ['-s'], {
      input: slurm.stdout,
      env: second,
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    // Another cluster trains the run that is left.
    const kubernetes = await sweep('there', '--print=kubernetes');
    const args = JSON.parse(/args: (\[.*\])/.exec(kubernetes.stdout)![1]) as string[];
    const first = { ...process.env, JOB_COMPLETION_INDEX: '0' };
    expect(spawnSync(process.execPath, [bin, ...args], { env: first }).status).toBe(0);
    const collected = await sweep('there', '--jobs=0');
    expect(collected.stdout).toContain('2 done, 0 to train');
    expect(results('there')).toBe(results('here'));
    const again = await sweep('there', '--print=slurm');
    expect(again).toMatchObject({ code: 2, stdout: '' });
    expect(again.stderr).toContain('every run of');
  });

  it('trains in tasks that share a storage and no folder', { timeout: 300_000 }, async () => {
    const storage = await StorageServer.start(join(folder, 's3'));
    const before = environment;
    environment = storage.environment;
    try {
      // Long enough for a task to be ended between two checkpoints.
      const longer = ['--methods=gan', '--steps=160', '--set=evaluation.every=40'];
      expect(await sweepOf('here', '--jobs=1', ...longer)).toMatchObject({ code: 0, stderr: '' });

      const bucket = ['--storage=s3://runs/grid', ...longer];
      const slurm = await sweepOf('there', '--print=slurm', ...bucket);
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
      const half = await sweepOf('there', '--jobs=0', ...bucket);
      expect(half.stdout).toContain('0 done, 1 begun, 1 to train');
      const [begun] = recordsIn('there');
      expect((await once(start(), 'exit'))[0]).toBe(0);

      const collected = await sweepOf('there', '--jobs=0', ...bucket);
      expect(collected.stdout).toContain('1 done, 0 to train');
      expect(results('there')).toBe(results('here'));
      // It went on: a run that begins anew has begun later.
      expect(recordsIn('there')).toEqual([begun]);
      const again = await sweepOf('there', '--print=kubernetes', ...bucket);
      expect(again.stderr).toContain('every run of');
    } finally {
      environment = before;
      await storage.stop();
    }
  });
});

describe('dist-gan array-task refuses', () => {
  it.each([
    [[], 'array-task needs the list that dist-gan sweep --print has written'],
    [['list.json'], 'array-task needs the number of the task'],
    [['nowhere.json', '--index=0'], 'there is no such list of runs'],
    [['list.json', '--index=0'], 'list.json is no list of runs'],
    [['list.json', '--index=-1'], '--index must be a whole number'],
    [['s3://runs/grid/runs-1.json', '--index=0'], 'needs the keys to it'],
    [['s3://list.json', '--index=0'], '--storage must be a bucket of S3'],
  ])('%j', async (words, message) => {
    writeFileSync(join(folder, 'list.json'), '{}');
    const { code, stderr } = await run('array-task', ...words);
    expect(stderr).toContain(message);
    expect(code).toBe(2);
  });
});
