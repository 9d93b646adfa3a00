import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { main } from '../main.js';
import { recordedTerminal } from '../testing/recorded-terminal.js';

const bin = fileURLToPath(new URL('../../dist/bin.js', import.meta.url));

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "dist-gan it's an array "));
});
afterEach(() => rmSync(folder, { recursive: true }));

const run = async (...words: string[]) => {
  const terminal = recordedTerminal({ workingDirectory: folder });
  return { code: await main(words, terminal), ...terminal.written };
};

const sweep = (out: string, ...words: string[]) =>
  run(
    'sweep',
    '--preset=gaussian-grid',
    '--methods=dist-gan,gan',
    '--seeds=1',
    '--backend=cpu',
    '--steps=20',
    '--set=evaluation.every=10',
    '--set=evaluation.samples=100',
    '--set=architecture.hiddenUnits=[8]',
    '--set=batchSize=16',
    '--set=dataset.pointsPerMode=20',
    '--no-probe',
    `--out=${out}`,
    ...words,
  );

const results = (path: string) =>
  readFileSync(join(folder, path, 'results.json'), 'utf8').replaceAll(/"seconds": [\d.e-]+/g, '"seconds": 0');

describe.skipIf(!existsSync(bin) || process.platform === 'win32')('a job that sweep --print has made', () => {
  it('trains in the tasks of a cluster what one process trains', { timeout: 300_000 }, async () => {
    expect((await sweep('here', '--jobs=2')).code).toBe(0);

    const slurm = await sweep('slurm', '--print=slurm');
    expect(slurm.code).toBe(0);
    for (const task of ['1', '0']) {
      const env = { ...process.env, SLURM_ARRAY_TASK_ID: task };
      const { status, stderr } = spawnSync('bash', ['-s'], { input: slurm.stdout, env, encoding: 'utf8' });
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    }
    const kubernetes = await sweep('kubernetes', '--print=kubernetes');
    const args = JSON.parse(/args: (\[.*\])/.exec(kubernetes.stdout)![1]) as string[];
    for (const index of ['0', '1']) {
      const env = { ...process.env, JOB_COMPLETION_INDEX: index };
      expect(spawnSync(process.execPath, [bin, ...args], { env }).status).toBe(0);
    }
    for (const cluster of ['slurm', 'kubernetes']) {
      const collected = await sweep(cluster, '--jobs=0');
      expect(collected.stdout).toContain('2 done, 0 to train');
      expect(results(cluster)).toBe(results('here'));
    }
    const again = await sweep('slurm', '--print=slurm');
    expect(again).toMatchObject({ code: 2, stdout: '' });
    expect(again.stderr).toContain('every run of');
  });
});

describe('dist-gan array-task refuses', () => {
  it.each([
    [[], 'array-task needs the list that dist-gan sweep --print has written'],
    [['list.json'], 'array-task needs the number of the task'],
    [['nowhere.json', '--index=0'], 'there is no such list of runs'],
    [['list.json', '--index=0'], 'list.json is no list of runs'],
    [['list.json', '--index=-1'], '--index must be a whole number'],
  ])('%j', async (words, message) => {
    writeFileSync(join(folder, 'list.json'), '{}');
    const { code, stderr } = await run('array-task', ...words);
    expect(stderr).toContain(message);
    expect(code).toBe(2);
  });
});
