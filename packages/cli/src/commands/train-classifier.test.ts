import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { RunResult } from '@dist-gan/runs';
import type { ClassifierRecord } from '../classifier/classifier-folder.js';
import { main } from '../main.js';
import { recordedTerminal } from '../../test/recorded-terminal.js';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dist-gan-classifier-'));
  mkdirSync(join(folder, 'data'));
  writeDigits('train', 300);
  writeDigits('t10k', 50);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Idx files of images that anyone can tell apart: digit d is a bar of four columns at place d. */
function writeDigits(name: string, count: number): void {
  const images = Buffer.alloc(16 + count * 784);
  const labels = Buffer.alloc(8 + count);
  [2051, count, 28, 28].forEach((word, i) => images.writeUInt32BE(word, 4 * i));
  [2049, count].forEach((word, i) => labels.writeUInt32BE(word, 4 * i));
  for (let i = 0; i < count; i++) {
    labels[8 + i] = i % 10;
    for (let row = 0; row < 28; row++) {
      images.fill(
        155 + (i % 100),
        16 + i * 784 + row * 28 + 2 * (i % 10),
        16 + i * 784 + row * 28 + 2 * (i % 10) + 4,
      );
    }
  }
  writeFileSync(join(folder, 'data', `${name}-images-idx3-ubyte`), images);
  writeFileSync(join(folder, 'data', `${name}-labels-idx1-ubyte`), labels);
}

async function run(...words: string[]) {
  const terminal = recordedTerminal({ workingDirectory: folder });
  return { code: await main(words, terminal), ...terminal.written };
}

/** Trains small networks for one step, and classifies what they generate. */
const trainWith = (classifier: string) => [
  'train',
  'mnist',
  '--steps=1',
  '--data=data',
  '--set=dataset.split=train',
  '--set=architecture.width=1',
  '--set=batchSize=16',
  '--set=evaluation.samples=40',
  `--set=evaluation.metrics=[{"id":"label-histogram","reference":"data","classifier":"${join(folder, classifier)}"}]`,
];

describe('dist-gan train-classifier', () => {
  it('learns digits, tells how many it knows, and serves as a metric of a run', async () => {
    const { code, stdout, stderr } = await run(
      'train-classifier',
      'mnist',
      '--data=data',
      '--epochs=10',
      '--out=kept',
    );
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout).toContain('100.00 % of 50 test digits right (0 wrong)');
    const record = JSON.parse(readFileSync(join(folder, 'kept/classifier.json'), 'utf8')) as ClassifierRecord;
    expect(record).toMatchObject({ id: 'mnist', accuracy: 1, testImages: 50, epochs: 10, seed: 0 });
    expect(stdout).toContain(record.sha256);

    const trained = await run(...trainWith('kept'), '--out=run');
    expect(trained.stderr).toBe('');
    expect(trained.code).toBe(0);
    const { metrics } = JSON.parse(readFileSync(join(folder, 'run/result.json'), 'utf8')) as RunResult;
    const modes = metrics.find(({ id }) => id === 'modes-covered')!;
    expect(modes.protocol).toMatchObject({
      classes: 10,
      reference: 'labels of mnist',
      classifier: { extractor: 'mnist-classifier', accuracy: 1, sha256: record.sha256 },
    });
    for (const kind of ['samples', 'reconstructions', 'interpolation']) {
      expect(existsSync(join(folder, 'run', kind, 'step-0000001.png'))).toBe(true);
    }
    const report = readFileSync(join(folder, 'run/report.html'), 'utf8');
    expect(report).toMatch(/"title":"Reconstructions"[^]*"title":"Between latents, at the end"/);
  });

  it('is refused when a byte of it was changed', async () => {
    const weights = join(folder, 'kept/weights.bin');
    const bytes = readFileSync(weights);
    bytes[17] ^= 1;
    writeFileSync(weights, bytes);
    const { code, stderr } = await run(...trainWith('kept'), '--out=other');
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^error: the classifier in .* is damaged: .*; run dist-gan train-classifier mnist again\n$/,
    );
  });

  it('leaves the metric out of a run, and says so, where there is none', async () => {
    vi.stubEnv('DIST_GAN_CACHE', join(folder, 'no-cache'));
    const { code, stdout, stderr } = await run(
      ...trainWith('kept').slice(0, -1),
      '--set=evaluation.metrics=[{"id":"label-histogram"}]',
      '--out=without',
    );
    vi.unstubAllEnvs();
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout).toMatch(/label-histogram is left out: .* \(dist-gan train-classifier mnist, minutes\)/);
    const { metrics } = JSON.parse(readFileSync(join(folder, 'without/result.json'), 'utf8')) as RunResult;
    expect(metrics).toEqual([]);
  });

  it.each([
    [trainWith('none'), /there is no classifier of digits in .*none; run dist-gan train-classifier mnist/],
    [['train-classifier'], /train-classifier needs to know which: dist-gan train-classifier mnist/],
    [['train-classifier', 'cifar10'], /unknown classifier "cifar10"/],
    [['train-classifier', 'mnist', '--data=empty'], /mnist: no idx files in .*dist-gan fetch mnist/],
    [
      ['train', 'gaussian-grid', '--set=evaluation.metrics=[{"id":"label-histogram"}]'],
      /metric label-histogram classifies images of digits, 28 x 28, and those of gaussian-grid are of shape \[2\]/,
    ],
  ])('explains in one line what is wrong with %j', async (words, message) => {
    mkdirSync(join(folder, 'empty'), { recursive: true });
    const { code, stderr } = await run(...words);
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^error: [^\n]+\n$/);
    expect(code).toBe(2);
  });
});
