import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeCheckpoint, CheckpointStore, type Checkpoint, type RunResult } from '@dist-gan/runs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { main } from '../main.js';
import { recordedTerminal } from '../../test/recorded-terminal.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dist-gan-resume-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const tiny = [
  'train',
  'gaussian-grid',
  '--backend=cpu',
  '--set=architecture.hiddenUnits=[8,8]',
  '--set=batchSize=16',
  '--set=dataset.pointsPerMode=20',
  '--set=evaluation.samples=100',
  '--set=evaluation.every=4',
  '--set=movingAverage.halfLife=50',
  '--json',
];

async function run(words: readonly string[], stopAfter?: number) {
  const terminal = recordedTerminal({
    workingDirectory: folder,
    onOutput: (text) => {
      if (text.startsWith(`{"event":"step","step":${stopAfter},`)) terminal.interrupt();
    },
  });
  return { code: await main(words, terminal), ...terminal.written };
}

const newest = (name: string): Checkpoint => new CheckpointStore(join(folder, name, 'checkpoints')).newest();

/** Everything of a checkpoint but its times, as bytes. */
const bytesOf = (name: string) => Buffer.from(encodeCheckpoint({ ...newest(name), seconds: 0 }));

/** The log without times. */
const logOf = (name: string) =>
  readFileSync(join(folder, name, 'metrics.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => ({
      ...(JSON.parse(line) as Record<string, unknown>),
      seconds: 0,
      timing: {},
      samplesPerSecond: 0,
      memoryBytes: 0,
    }));

describe('resume', () => {
  it('goes on to the bytes and the log of a run that was not interrupted', async () => {
    await run([...tiny, '--steps=6', '--out=whole']);
    expect((await run([...tiny, '--steps=6', '--out=parts'], 4)).code).toBe(130);
    expect(newest('parts').step).toBe(4);
    // As a kill leaves it: steps that no checkpoint has, and a line that was cut.
    appendFileSync(
      join(folder, 'parts/metrics.jsonl'),
      '{"event":"step","step":5,"losses":{}}\n{"event":"st',
    );
    writeFileSync(join(folder, 'parts/checkpoints/.123.abc9.tmp'), 'half');
    writeFileSync(join(folder, 'parts/.123.abc9.tmp'), 'half');
    const { code, stdout, stderr } = await run(['resume', 'parts', '--json']);
    expect(stderr).toMatch(/^25 Gaussians, fast: from step 4 on, 6 steps, .*\n$/);
    expect(code).toBe(0);
    expect(stdout).toContain('"event":"start"');
    expect(bytesOf('parts').equals(bytesOf('whole'))).toBe(true);
    expect(readdirSync(join(folder, 'parts/checkpoints')).filter((name) => name.endsWith('tmp'))).toEqual([]);
    expect(logOf('parts')).toEqual(logOf('whole'));
    expect(readdirSync(join(folder, 'parts')).sort()).toEqual([
      'checkpoints',
      'discriminator-field',
      'generator',
      'metrics.jsonl',
      'report.html',
      'result.json',
      'run.json',
      'samples',
    ]);
    const record = JSON.parse(readFileSync(join(folder, 'parts/run.json'), 'utf8')) as Record<
      string,
      unknown
    >;
    expect(record.resumed).toEqual([{ at: expect.any(String) as string, step: 4 }]);
  });

  it('completes a run that was killed between its last checkpoint and its result', async () => {
    await run([...tiny, '--steps=4', '--out=whole']);
    cpSync(join(folder, 'whole'), join(folder, 'parts'), { recursive: true });
    const made = ['result.json', 'report.html', 'discriminator-field'];
    const best = 'checkpoints/best-registered-points.safetensors';
    for (const name of [...made, best]) rmSync(join(folder, 'parts', name), { recursive: true });
    expect((await run(['resume', 'parts', '--json'])).code).toBe(0);
    for (const name of [...made, best]) expect(existsSync(join(folder, 'parts', name))).toBe(true);
    expect(bytesOf('parts').equals(bytesOf('whole'))).toBe(true);
    expect(logOf('parts')).toEqual(logOf('whole'));
    const numbers = (name: string) =>
      (JSON.parse(readFileSync(join(folder, name, 'result.json'), 'utf8')) as RunResult).metrics;
    expect(numbers('parts')).toEqual(numbers('whole'));
  });

  it('marks the best checkpoint, which a kill between the two had left unmarked', async () => {
    await run([...tiny, '--steps=5', '--out=parts'], 4);
    const best = join(folder, 'parts/checkpoints/best-registered-points.safetensors');
    const marked = readFileSync(best);
    rmSync(best);
    await run(['resume', 'parts', '--json'], 5);
    expect(readFileSync(best).equals(marked)).toBe(true);
  });

  it('is mentioned by train where an unfinished run has the default folder', async () => {
    await run([...tiny, '--steps=6'], 4);
    const { code, stderr } = await run([...tiny, '--steps=1']);
    expect(code).toBe(0);
    expect(stderr).toMatch(
      /gaussian-grid-seed0 is an unfinished run of gaussian-grid \(stopped at step 4 of 6\); to go on with it: dist-gan resume \S+gaussian-grid-seed0$/m,
    );
    // That one is done.
    await run(['resume', 'runs/gaussian-grid-seed0', '--json']);
    expect((await run([...tiny, '--steps=1'])).stderr).not.toContain('unfinished');
  });

  it('is mentioned, too, where the unfinished run has a number', async () => {
    mkdirSync(join(folder, 'runs', 'gaussian-grid-seed0', 'of somebody else'), { recursive: true });
    await run([...tiny, '--steps=3'], 2);
    const { stderr } = await run([...tiny, '--steps=1']);
    expect(stderr).toMatch(
      /gaussian-grid-seed0-2 is an unfinished run of gaussian-grid \(stopped at step 2 of 3\)/,
    );
  });

  it('goes back over a damaged checkpoint, and says so', async () => {
    await run([...tiny, '--steps=4', '--checkpoint-steps=2', '--out=parts']);
    const file = join(folder, 'parts/checkpoints/step-0000004.safetensors');
    writeFileSync(file, readFileSync(file).subarray(0, -1));
    const { code, stderr } = await run(['resume', 'parts', '--steps=5', '--json']);
    expect(code).toBe(0);
    expect(stderr).toMatch(/step-0000004\.safetensors: is damaged.*going on from the checkpoint before/);
    expect(newest('parts').step).toBe(5);
  });

  it('raises the steps of a run, and has nothing to do for one that is done', async () => {
    await run(
      [...tiny, '--steps=2', '--out=parts', '--set=method.learningRateSchedule.id=staircase'].slice(0, -1),
    );
    expect((await run(['resume', 'parts'])).stdout).toMatch(
      /has trained all of its 2 steps; for more, say --steps/,
    );
    expect((await run(['resume', 'parts', '--steps=3', '--json'])).code).toBe(0);
    expect(newest('parts').step).toBe(3);
    expect(newest('parts').record.options.steps).toBe(3);
  });

  it('does not go on without the engine of the record, unless another is named', async () => {
    const compiled = tiny.filter((word) => word !== '--backend=cpu');
    await run([...compiled, '--steps=4', '--out=run']);
    const file = join(folder, 'run', 'run.json');
    const record = JSON.parse(readFileSync(file, 'utf8')) as object;
    writeFileSync(file, JSON.stringify({ ...record, target: 'tensorflow', engine: 'TensorFlow 2.15.1' }));
    // Where no TensorFlow was set up.
    vi.stubEnv('DIST_GAN_CACHE', folder);
    const { code, stderr } = await run(['resume', 'run', '--steps=8', '--json']);
    expect(code).toBe(69);
    expect(stderr).toMatch(/TensorFlow is not installed.*dist-gan resume run --target onnx or tensorflow/s);
    expect((await run(['resume', 'run', '--steps=8', '--target=onnx', '--json'])).code).toBe(0);
    expect(newest('run').step).toBe(8);
    vi.unstubAllEnvs();
  });

  it('refuses other options, unless they are named', async () => {
    await run([...tiny, '--steps=4', '--out=parts'], 2);
    const file = join(folder, 'parts/run.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"batchSize": 16', '"batchSize": 8'));
    const refused = await run(['resume', 'parts', '--json']);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(
      /checkpoint of step 2 was trained with other options: batchSize was 16 and is 8;/,
    );
    expect((await run(['resume', 'parts', '--set=batchSize=8', '--json'])).code).toBe(0);
    const words = 'batchSize 8 in place of 16';
    expect((await run(['show', 'parts'])).stdout).toMatch(
      new RegExp(`^resumed .*from step 2 on: ${words}$`, 'm'),
    );
    await run([...tiny, '--steps=4', '--set=batchSize=8', '--out=whole'].filter((word) => word !== tiny[4]));
    expect((await run(['compare', 'parts', 'whole'])).stdout).toMatch(
      new RegExp(`^changed on the way +${words} from step 2 on +-$`, 'm'),
    );
  });

  it.each([
    ['nothing', () => {}, /is no folder of a run: .*run\.json cannot be read \(ENOENT/],
    ['a file', () => writeFileSync(join(folder, 'it'), ''), /is no folder of a run: .*ENOTDIR/],
    ['an empty folder', () => mkdirSync(join(folder, 'it')), /is no folder of a run/],
    [
      'a record that is none',
      () => {
        mkdirSync(join(folder, 'it'));
        writeFileSync(join(folder, 'it/run.json'), '{"preset":');
      },
      /run\.json is no record of a run/,
    ],
    [
      'a run before its first checkpoint',
      () => {
        mkdirSync(join(folder, 'it'));
        const samples = { shape: [2], range: [-5, 5] };
        const record = { preset: 'gaussian-grid', seed: 0, options: { steps: 4 }, samples };
        writeFileSync(join(folder, 'it/run.json'), JSON.stringify(record));
      },
      /holds no checkpoint: the run ended before its first one; train again/,
    ],
  ])('refuses %s', async (_, make, message) => {
    make();
    const { code, stderr } = await run(['resume', 'it']);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
    expect(stderr.split('\n')).toHaveLength(2);
  });

  it('refuses a run that another process writes', async () => {
    await run([...tiny, '--steps=4', '--out=parts'], 2);
    const started = null;
    writeFileSync(
      join(folder, 'parts/.lock'),
      JSON.stringify({ process: process.pid, host: hostname(), started }),
    );
    const { code, stderr } = await run(['resume', 'parts']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/is being written by process \d+; wait for it, or end it first/);
  });
});
