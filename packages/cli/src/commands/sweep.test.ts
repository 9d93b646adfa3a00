import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readRecord } from '@dist-gan/runs';
import { PNG } from 'pngjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { main } from '../main.js';
import { recordedTerminal } from '../../test/recorded-terminal.js';

/** Runs are processes of the built program. */
const bin = fileURLToPath(new URL('../../dist/bin.js', import.meta.url));

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dist-gan-sweep-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const tiny = [
  '--preset=gaussian-grid',
  '--methods=lsgan,gan',
  '--backend=cpu',
  '--steps=4',
  '--set=evaluation.every=2',
  '--set=evaluation.samples=100',
  '--set=architecture.hiddenUnits=[8]',
  '--set=batchSize=16',
  '--set=dataset.pointsPerMode=20',
];

async function sweep(words: readonly string[], stopWhen: (output: string) => boolean = () => false) {
  const terminal = recordedTerminal({
    workingDirectory: folder,
    onOutput: () => {
      if (stopWhen(terminal.written.stdout)) terminal.interrupt();
    },
  });
  return { code: await main(['sweep', ...words], terminal), ...terminal.written };
}

const read = (path: string) => readFileSync(join(folder, path), 'utf8');
const runsOf = (path: string) =>
  readdirSync(join(folder, path)).filter((name) => existsSync(join(folder, path, name, 'run.json')));

/** Results without times. */
const results = (path: string) =>
  read(`${path}/results.json`).replaceAll(/"seconds": [\d.e-]+/g, '"seconds": 0');

describe.skipIf(!existsSync(bin))('dist-gan sweep', () => {
  it(
    'makes ordinary runs, tables and a figure; stopped and gone on with, the same to the digit',
    { timeout: 180_000 },
    async () => {
      const whole = await sweep([...tiny, '--seeds=1', '--jobs=2', '--no-probe', '--out=whole']);
      expect(whole).toMatchObject({ code: 0, stderr: '' });
      expect(whole.stdout).toContain('whole: 2 runs (2 rows x 1 seed), 0 done, 2 to train');
      expect(runsOf('whole').map((name) => name.replace(/-[\da-f]{16}$/, ''))).toEqual([
        'gaussian-grid-gan-seed1',
        'gaussian-grid-lsgan-seed1',
      ]);
      for (const form of ['md', 'csv', 'tex', 'json'])
        expect(read(`whole/results.${form}`)).toContain('modes-covered');
      const png = PNG.sync.read(readFileSync(join(folder, 'whole/figure-gaussian-grid.png')));
      expect(png.width).toBeGreaterThan(800);

      const once = (output: string) => output.includes('[1/2]');
      const stopped = await sweep([...tiny, '--seeds=1', '--jobs=1', '--no-probe', '--out=parts'], once);
      expect(stopped.code).toBe(130);
      expect(stopped.stdout).toMatch(/1 run is not over; the same command goes on/);
      expect((await sweep(['parts', '--no-probe'])).code).toBe(0);
      expect(results('parts')).toBe(results('whole'));
      const misnamed = await sweep(['parts', '--metrics=mode-covered', '--jobs=0']);
      expect(misnamed.stdout).toMatch(/no run has measured mode-covered; measured are modes-covered, /);
    },
  );

  it('has a row for what nothing was measured of, and says what to do about what failed', async () => {
    const words = [...tiny, '--seeds=1', '--jobs=0', '--out=none'];
    expect((await sweep(words)).stdout).toMatch(
      /^lsgan +0 \(1 to go\) +0 +0 *\ngan +0 \(1 to go\) +0 +0 *$/m,
    );
    const { runs } = JSON.parse(read('none/plan.json')) as { runs: { name: string }[] };
    const failure = JSON.stringify({ started: '', ended: '', reason: 'the disk was full' });
    mkdirSync(join(folder, 'none/failures'));
    writeFileSync(join(folder, `none/failures/${runs[0].name}.jsonl`), `${failure}\n${failure}\n`);
    const { stdout } = await sweep(words);
    expect(stdout).toMatch(/^lsgan +0 +0 +1 *$/m);
    expect(stdout).toMatch(/^1 run has failed, for reasons that results\.md has; --retry tries them again$/m);
  });

  it('plans without training a run, and trains what comes to it later', { timeout: 180_000 }, async () => {
    const planned = await sweep([...tiny, '--seeds=1', '--out=s', '--plan', '--json']);
    const [plan, estimate, ...rest] = planned.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect([plan, rest]).toEqual([{ event: 'plan', folder: join(folder, 's'), runs: 2, missing: 2 }, []]);
    expect(estimate).toMatchObject({ event: 'estimate', probed: 2, unknown: [] });
    expect(estimate.seconds).toBeGreaterThan(0);
    expect(estimate.bytes).toBeGreaterThan(10_000);
    expect(runsOf('s')).toEqual([]);
    const one = await sweep(
      [...tiny, '--methods=gan', '--seeds=1', '--out=s', '--no-probe'].filter((word) => word !== tiny[1]),
    );
    expect(one.code).toBe(0);
    const more = await sweep([...tiny, '--seeds=1', '--out=s', '--no-probe']);
    expect(more.stdout).toContain('2 runs (2 rows x 1 seed), 1 done, 1 to train');
    // The run's record says what its name does: every option, and what ran it.
    const [gan] = runsOf('s').filter((name) => name.includes('-gan-'));
    expect(readRecord(join(folder, 's', gan))).toMatchObject({
      preset: 'gaussian-grid-gan',
      seed: 1,
      options: { batchSize: 16, steps: 4, method: { id: 'gan' } },
    });
  });

  it('takes a failure for a result', { timeout: 120_000 }, async () => {
    const words = [...tiny.slice(0, 1), '--methods=gan', ...tiny.slice(2), '--set=method.learningRate=1e30'];
    const failed = await sweep([...words, '--seeds=1', '--out=s', '--no-probe']);
    expect(failed.code).toBe(0);
    expect(failed.stdout).toContain('once more');
    expect(failed.stdout).toMatch(/\[1\/1\] .*failed: .*(NaN|infinit|finite)/i);
    expect(read('s/results.md')).toContain('| gan | 0 | 0 | 1 |');
    // A plan says what --retry would train, and forgets nothing.
    const plan = ['s', '--plan', '--no-probe'];
    expect((await sweep([...plan, '--retry'])).stdout).toContain('1 to train');
    expect((await sweep(plan)).stdout).toContain('1 failed, 0 to train');
  });
});

describe('dist-gan sweep refuses', () => {
  it.each([
    [['--preset=gausian-grid'], 'unknown preset "gausian-grid"; did you mean gaussian-grid'],
    [
      ['--preset=gaussian-grid', '--methods=wgann'],
      'unknown method of gaussian-grid "wgann"; did you mean gan or wgan?',
    ],
    [
      ['--preset=gaussian-grid', '--set=batchsize=1,2'],
      'gaussian-grid.batchsize is not an option; did you mean batchSize?',
    ],
    [['--preset=gaussian-grid', '--set=batchSize=0,2'], 'gaussian-grid.batchSize: must be 1 or more (got 0)'],
    [['--preset=gaussian-grid', '--seeds=5-1'], '--seeds must be how many, or which'],
    [['--preset=gaussian-grid', '--steps=1', '--seconds=1'], 'a run has one budget'],
    [
      ['--preset=ae-ot-gaussian-grid', '--steps=5'],
      'every stage of ae-ot-gaussian-grid has steps of its own',
    ],
    [
      ['--preset=gaussian-grid', '--storage=s3://runs/grid'],
      '--storage is for runs that are trained elsewhere: name a queue with --queue, make a job with --print, or collect with --jobs 0',
    ],
    [['--methods=gan'], 'sweep needs presets, for instance dist-gan sweep --preset'],
    [[...tiny, '--set=batchSize=8'], '--set batchSize=8: an earlier --set gave this key a value'],
    [['nowhere.json'], 'is no file with a sweep, and no folder of one'],
    [['list.json'], 'must hold an object'],
    [['wrong.json'], 'sweep.seed is not an option'],
    [['.'], 'sweep.json is no definition of a sweep'],
  ])('%j', async (words, message) => {
    writeFileSync(join(folder, 'list.json'), '[]');
    writeFileSync(join(folder, 'wrong.json'), '{"presets":["gaussian-grid"],"seed":1}');
    const { code, stderr } = await sweep(words);
    expect(stderr).toContain(message);
    expect(code).toBe(2);
    expect(existsSync(join(folder, 'sweeps'))).toBe(false);
  });
});
