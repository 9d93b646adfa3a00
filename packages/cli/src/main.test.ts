import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PNG } from 'pngjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunRecord, RunResult } from '@dist-gan/runs';
import { closedOutput, errorEnding, signalEnding } from './ending/index.js';
import { main } from './main.js';
import { recordedTerminal } from '../test/recorded-terminal.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dist-gan-main-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** The grid, made small enough for the plain CPU backend. */
const tiny = [
  'train',
  'gaussian-grid',
  '--backend=cpu',
  '--set=architecture.hiddenUnits=[8,8]',
  '--set=batchSize=16',
  '--set=dataset.pointsPerMode=20',
  '--set=evaluation.samples=100',
];

async function run(words: readonly string[], options: Parameters<typeof recordedTerminal>[0] = {}) {
  const terminal = recordedTerminal({ workingDirectory: folder, ...options });
  return { code: await main(words, terminal), ...terminal.written };
}

function read<Content>(path: string): Content {
  return JSON.parse(readFileSync(join(folder, path), 'utf8')) as Content;
}

/** What a report holds for its page to draw. */
function inReport(path: string) {
  const page = readFileSync(join(folder, path), 'utf8');
  const [, data] = /<script type="application\/json" id="data">(.*?)<\/script>/s.exec(page)!;
  return JSON.parse(data) as { view: Record<string, unknown>; frames: Record<string, string> };
}

function lines(text: string): Record<string, unknown>[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('dist-gan train', () => {
  it('writes a run folder and prints the numbers beside the published ones', async () => {
    const { code, stdout, stderr } = await run([
      ...tiny,
      '--steps=4',
      '--set=evaluation.every=2',
      '--seed=3',
    ]);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const path = 'runs/gaussian-grid-seed3';
    expect(readdirSync(join(folder, path)).sort()).toEqual([
      'checkpoints',
      'discriminator-field',
      'generator',
      'metrics.jsonl',
      'report.html',
      'result.json',
      'run.json',
      'samples',
    ]);

    const result = read<RunResult>(`${path}/result.json`);
    expect(Object.keys(result)).toEqual([
      'preset',
      'seed',
      'steps',
      'seconds',
      'stepsPerSecond',
      'executor',
      'metrics',
    ]);
    expect(result).toMatchObject({ preset: 'gaussian-grid', seed: 3, steps: 4, executor: 'eager' });
    const ids = result.metrics.map(({ id }) => id);
    expect(ids).toEqual(
      expect.arrayContaining(['modes-covered', 'registered-points', 'total-variation', 'kl-divergence']),
    );
    expect(result.metrics[0].protocol).toMatchObject({ modes: 25 });

    const record = read<RunRecord>(`${path}/run.json`);
    expect(record.options).toMatchObject({
      method: { id: 'dist-gan', reconstructedLabel: 'real' },
      architecture: { id: 'mlp', hiddenUnits: [8, 8] },
      batchSize: 16,
      steps: 4,
    });
    expect(record.gitCommit).toBeNull();

    const events = lines(readFileSync(join(folder, path, 'metrics.jsonl'), 'utf8'));
    expect(events.map(({ event, step }) => `${String(event)} ${String(step)}`)).toEqual([
      'step 1',
      'step 2',
      'evaluation 2',
      'step 3',
      'step 4',
      'evaluation 4',
    ]);
    expect(events[0].losses).toHaveProperty('discriminator/gradientPenalty');

    expect(readdirSync(join(folder, path, 'samples')).sort()).toEqual([
      'plane.json',
      'step-0000002.f32',
      'step-0000002.png',
      'step-0000004.f32',
      'step-0000004.png',
    ]);
    // 100 points of two float32 numbers.
    expect(statSync(join(folder, path, 'samples/step-0000004.f32')).size).toBe(100 * 2 * 4);
    const png = PNG.sync.read(readFileSync(join(folder, path, 'samples/step-0000004.png')));
    expect([png.width, png.height]).toEqual([900, 900]);
    const shown = inReport(join(path, 'report.html'));
    expect(shown.view).toMatchObject({ state: 'completed', step: 4, steps: 4 });
    expect(Object.keys(shown.frames)).toEqual(['2', '4']);

    expect(stdout).toContain('25 in all 8 runs');
    expect(stdout).toContain(join(path, 'report.html'));
  });

  it('repeats a run from its run.json, number by number, in a folder of its own', async () => {
    await run([...tiny, '--steps=3', '--seed=5', '--set=method.reconstructedLabel=fake']);
    const config = 'runs/gaussian-grid-seed5/run.json';
    const { code } = await run(['train', '--backend=cpu', `--config=${config}`]);
    expect(code).toBe(0);
    const [first, second] = ['', '-2'].map((suffix) => `runs/gaussian-grid-seed5${suffix}`);
    expect(read<RunRecord>(`${second}/run.json`).options).toEqual(
      read<RunRecord>(`${first}/run.json`).options,
    );
    expect(read<RunResult>(`${second}/result.json`).metrics).toEqual(
      read<RunResult>(`${first}/result.json`).metrics,
    );
  });

  it('takes another seed than a configuration when it is told to, and says so', async () => {
    writeFileSync(join(folder, 'config.json'), '{"preset": "gaussian-grid", "seed": 5, "steps": 1}');
    const { code, stdout } = await run([...tiny, '--config=config.json', '--seed=6', '--out=here']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^seed 6 in place of the configuration's 5$/m);
    expect(read<RunRecord>('here/run.json')).toMatchObject({ seed: 6, options: { steps: 1 } });
  });

  it('prints nothing but JSON on stdout with --json', async () => {
    const { code, stdout } = await run([...tiny, '--steps=2', '--json', '--out=here']);
    expect(code).toBe(0);
    const events = lines(stdout);
    expect(events.map(({ event }) => event)).toEqual(['start', 'step', 'step', 'evaluation', 'result']);
    expect(events[0]).toMatchObject({ folder: join(folder, 'here'), steps: 2 });
    expect(events[4]).toMatchObject({ outcome: 'completed', steps: 2 });
  });

  it('trains another method on the data of a preset', async () => {
    const { code } = await run([...tiny, '--steps=1', '--set=method.id=wgan-gp', '--out=here']);
    expect(code).toBe(0);
    expect(read<RunRecord>('here/run.json').options.method).toMatchObject({ id: 'wgan-gp' });
  });

  it('trains by the compiled step where nothing else is said', async () => {
    const words = tiny.filter((word) => !word.startsWith('--backend'));
    const { code, stderr } = await run([...words, '--steps=2', '--out=here']);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(read<RunResult>('here/result.json')).toMatchObject({ steps: 2, executor: 'compiled' });
  });

  it.each([
    [signalEnding('SIGINT'), 130],
    [signalEnding('SIGTERM'), 143],
    [signalEnding('SIGHUP'), 129],
    [closedOutput, 141],
  ])('ends cleanly, with results, at %o', async (ending, exitCode) => {
    const terminal = recordedTerminal({
      workingDirectory: folder,
      onOutput: (text) => {
        if (text.startsWith('{"event":"step","step":2,')) terminal.interrupt(ending);
      },
    });
    expect(await main([...tiny, '--steps=1000', '--json', '--out=here'], terminal)).toBe(exitCode);
    const result = read<RunResult>('here/result.json');
    expect(result.steps).toBe(2);
    expect(result.metrics.map(({ id }) => id)).toContain('modes-covered');
    expect(inReport('here/report.html').view).toMatchObject({ state: 'stopped', step: 2, steps: 1000 });
    expect(terminal.exits).toEqual([]);
  });

  it('writes results when an error comes that no caller could catch, tells it, and leaves a report', async () => {
    const terminal = recordedTerminal({
      workingDirectory: folder,
      onOutput: (text) => {
        if (!text.startsWith('{"event":"step","step":2,')) return;
        terminal.interrupt(errorEnding(new Error('a worker has died')));
      },
    });
    expect(await main([...tiny, '--steps=1000', '--json', '--out=here'], terminal)).toBe(1);
    expect(terminal.written.stderr).toMatch(/^error: a worker has died$/m);
    expect(read<RunResult>('here/result.json').steps).toBe(2);
    expect(readFileSync(join(folder, 'here/metrics.jsonl'), 'utf8')).toContain('a worker has died');
    expect(existsSync(join(folder, 'here/report.html'))).toBe(true);
  });

  it('says where a loss went wrong, and leaves a report but no result', async () => {
    const { code, stderr } = await run([
      ...tiny,
      '--steps=50',
      '--set=method.learningRate=1e30',
      '--out=here',
    ]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: .*step \d+.*\n$/);
    expect(existsSync(join(folder, 'here/result.json'))).toBe(false);
    expect(inReport('here/report.html').view).toMatchObject({ state: 'failed' });
    expect(readFileSync(join(folder, 'here/metrics.jsonl'), 'utf8')).toContain('"event":"failure"');
  });
});

describe('bad input', () => {
  /** Nothing was trained and nothing was written: one line that says what is wrong and what to do. */
  async function expectRefusal(words: readonly string[], message: RegExp) {
    const before = readdirSync(folder, { recursive: true });
    const { code, stdout, stderr } = await run(words);
    expect(stderr).toMatch(/^error: [^\n]+\n$/);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(readdirSync(folder, { recursive: true })).toEqual(before);
  }

  it.each([
    ['an unknown command', ['trian'], /unknown command "trian"; did you mean train\?/],
    ['an unknown flag', [...tiny, '--stepz=3'], /unknown flag "--stepz"; did you mean --steps\?/],
    ['no preset', ['train'], /train needs a preset/],
    [
      'an unknown preset',
      ['train', 'gausian-grid'],
      /unknown preset "gausian-grid"; did you mean gaussian-grid/,
    ],
    [
      'an unknown option',
      [...tiny, '--set=batchSise=3'],
      /batchSise is not an option; did you mean batchSize\?/,
    ],
    [
      "an unknown option of a preset's method",
      [...tiny, '--set=method.reconstructedLable=fake'],
      /reconstructedLable is not an option; did you mean reconstructedLabel/,
    ],
    [
      'an unknown method',
      [...tiny, '--set=method.id=dist-gna'],
      /unknown method "dist-gna"; did you mean dist-gan/,
    ],
    [
      'an unknown metric',
      [...tiny, '--set=evaluation.metrics=[{"id":"modes-coverd"}]'],
      /unknown metric "modes-coverd"; did you mean modes-covered/,
    ],
    [
      'a negative batch',
      ['train', 'gaussian-grid', '--set=batchSize=-64'],
      /batchSize: must be 1 or more \(got -64\)/,
    ],
    [
      'steps that are no number',
      [...tiny, '--steps=many'],
      /--steps must be a whole number of 1 or more \(got many\)/,
    ],
    ['a negative seed', [...tiny, '--seed=-1'], /--seed must be a whole number of 0 or more \(got -1\)/],
    [
      'a data folder that is not there',
      ['train', 'mnist-mlp', '--data=none'],
      /--data none: there is no such folder/,
    ],
    [
      'a data folder without data',
      ['train', 'mnist-mlp', '--data=.'],
      /no idx files in .*put the four files there/,
    ],
    [
      'a config file that is not there',
      [...tiny, '--config=/none.json'],
      /--config \/none.json: .*check the path/,
    ],
    [
      'a backend for a compiled run',
      [...tiny, '--executor=compiled'],
      /--backend cpu is for eager runs; leave it out/,
    ],
    [
      'a method on an architecture without its networks',
      ['train', 'gaussian-grid', '--set=method={"id":"ali"}', '--set=architecture={"id":"gaussian-1d"}'],
      /^error: fit.architecture: the method ali needs a network of kind gaussian-encoder for its role encoder, and gaussian-1d builds /,
    ],
    [
      'another',
      ['train', 'gaussian-1d', '--backend=cpu', '--set=method={"id":"dan-s"}'],
      /^error: .* dan-s needs a network of kind set-discriminator for .*; choose another architecture, or another method$/m,
    ],
    [
      'an architecture of images for points',
      ['train', 'gaussian-grid-ebgan', '--backend=cpu', '--set=architecture={"id":"began"}'],
      /^error: began: samples must be images of shape .*, got \[2\]; choose another architecture, such as mlp/,
    ],
    [
      'classes of an architecture that has none',
      [...tiny, '--set=architecture.classes=10'],
      /mlp.classes is not an option; known options: hiddenUnits/,
    ],
    [
      'a metric that the data cannot serve',
      [
        'train',
        'gaussian-1d',
        '--backend=cpu',
        '--set=evaluation.metrics=[{"id":"modes-covered","rule":"far"}]',
      ],
      /rule: must be "radius" or "nearest"/,
    ],
  ])('refuses %s', (_, words, message) => expectRefusal(words, message));

  it('refuses the configuration of another preset', async () => {
    writeFileSync(join(folder, 'config.json'), '{"preset": "gaussian-grid", "seed": 5}');
    await expectRefusal(
      ['train', 'gaussian-plus', '--config=config.json'],
      /is a configuration of gaussian-grid, not of gaussian-plus; name the same preset, or none/,
    );
  });

  it('refuses a truncated data file', async () => {
    const data = join(folder, 'mnist');
    mkdirSync(data);
    // The header of 60,000 images of 28 by 28, and then only two of them.
    const header = Buffer.alloc(16);
    [2051, 60_000, 28, 28].forEach((word, i) => header.writeUInt32BE(word, 4 * i));
    const labels = Buffer.alloc(8 + 60_000);
    [2049, 60_000].forEach((word, i) => labels.writeUInt32BE(word, 4 * i));
    for (const split of ['train', 't10k']) {
      writeFileSync(join(data, `${split}-images-idx3-ubyte`), Buffer.concat([header, Buffer.alloc(2 * 784)]));
      writeFileSync(join(data, `${split}-labels-idx1-ubyte`), labels);
    }
    await expectRefusal(
      ['train', 'mnist-mlp', '--backend=cpu', `--data=${folder}`],
      /images-idx3-ubyte, byte 1584: the file is cut off.*download it again/,
    );
  });

  it('refuses an output folder that cannot be written', async () => {
    writeFileSync(join(folder, 'file'), '');
    await expectRefusal([...tiny, '--out=file/run'], /cannot be written .*; choose another folder/);
  });

  it.skipIf(!existsSync('/proc/self'))('refuses a folder in which none can be made', () =>
    expectRefusal([...tiny, '--out=/proc/nowhere'], /cannot be written .*; choose another folder/),
  );

  it('refuses an output folder that holds something', async () => {
    mkdirSync(join(folder, 'used'));
    writeFileSync(join(folder, 'used', 'result.json'), '{}');
    await expectRefusal([...tiny, '--out=used'], /exists and is not an empty folder; choose another folder/);
  });
});

describe('errors that nobody foresaw', () => {
  const broken = {
    environment: {},
    onOutput: () => {
      throw new Error('the pipe is gone');
    },
  };

  it('are told shortly, with the way to their origin', async () => {
    const { code, stderr } = await run(['presets'], broken);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: the pipe is gone\n.*DIST_GAN_DEBUG=1.*\n$/);
  });

  it('are told with their origin when asked', async () => {
    const { stderr } = await run(['presets'], { ...broken, environment: { DIST_GAN_DEBUG: '1' } });
    expect(stderr).toMatch(/\n\s+at /);
  });
});

describe('dist-gan', () => {
  it('prints its version', async () => {
    const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
      version: string;
    };
    expect(await run(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  it('helps, as a whole and for every command', async () => {
    const { code, stdout } = await run(['--help']);
    expect(code).toBe(0);
    for (const command of ['train', 'presets', 'doctor']) {
      expect(stdout).toContain(`  ${command}`);
      const help = await run([command, '--help']);
      expect(help.code).toBe(0);
      expect(help.stdout).toContain(`Usage: dist-gan ${command}`);
    }
  });

  it('helps however it is asked', async () => {
    const whole = await run(['--help']);
    expect(await run(['-h'])).toEqual(whole);
    expect(await run(['help'])).toEqual(whole);
    const ofTrain = await run(['train', '--help']);
    expect(ofTrain.stdout).toMatch(/-s, --seed <n> +seed of every random number/);
    expect(ofTrain.stdout).toMatch(/--executor <executor> [^-]*"eager", "compiled"/);
    expect(ofTrain.stdout).toContain('  dist-gan train gaussian-grid --seed 3 --steps 500');
    for (const words of [
      ['train', '-h'],
      ['help', 'train'],
      ['train', 'gaussian-grid', '--seed=3', '-h'],
    ]) {
      expect(await run(words)).toEqual(ofTrain);
    }
    expect((await run(['help', 'trian'])).stderr).toMatch(/did you mean train\?/);
    expect(whole.stdout + ofTrain.stdout + (await run(['help', 'evaluate'])).stdout).not.toContain('....');
  });

  it('lists the presets', async () => {
    const { code, stdout } = await run(['presets']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^gaussian-grid .*12,000$/m);
    const listed = JSON.parse((await run(['presets', '--json'])).stdout) as { id: string }[];
    expect(listed.map(({ id }) => id)).toContain('mnist-mlp');
  });

  const bin = fileURLToPath(new URL('../dist/bin.js', import.meta.url));
  it.skipIf(!existsSync(bin))('runs as it is built', () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [bin, 'train', 'gausian-grid'], {
      encoding: 'utf8',
      cwd: folder,
    });
    expect(stderr).toContain('did you mean gaussian-grid');
    expect(stdout).toBe('');
    expect(status).toBe(2);
  });
});
