import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { main } from '../main.js';
import { bin, canRun } from '../../test/program.js';
import { recordedTerminal } from '../../test/recorded-terminal.js';
import { results, smallSweep } from '../../test/small-sweep.js';

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
  run(...smallSweep(out, '--methods=gan,lsgan', '--steps=4', '--set=evaluation.every=2', ...words));

describe.skipIf(!canRun)('a job that sweep --print has made', () => {
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
    expect(results(join(folder, 'there'))).toBe(results(join(folder, 'here')));
    const again = await sweep('there', '--print=slurm');
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
    [['s3://runs/grid/runs-1.json', '--index=0'], 'needs the keys to it'],
    [['s3://list.json', '--index=0'], '--storage must be a bucket of S3'],
  ])('%j', async (words, message) => {
    writeFileSync(join(folder, 'list.json'), '{}');
    const { code, stderr } = await run('array-task', ...words);
    expect(stderr).toContain(message);
    expect(code).toBe(2);
  });
});
