import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { MetricResult } from '@dist-gan/core';
import { dataFolder } from '@dist-gan/datasets';
import { writeStatistics } from '@dist-gan/metrics';
import { writeNpy, writeZip } from '@dist-gan/datasets/files';
import { PNG } from 'pngjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StageProgress } from '../evaluation/stage-progress.js';
import { main } from '../main.js';
import { recordedTerminal } from '../../test/recorded-terminal.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dist-gan-evaluate-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function run(...words: string[]) {
  const terminal = recordedTerminal({ workingDirectory: folder });
  return { code: await main(['evaluate', ...words], terminal), ...terminal.written };
}

interface Record {
  readonly generated: string;
  readonly against: string;
  readonly notices: readonly string[];
  readonly results: readonly MetricResult[];
}

async function runJson(...words: string[]): Promise<Record> {
  const { code, stdout, stderr } = await run(...words, '--json');
  // On a slow machine there is progress.
  const said = stderr.split('\n').filter((line) => !/: features of \d+ images {2}\d+%/.test(line));
  expect(said.join('')).toBe('');
  expect(code).toBe(0);
  return JSON.parse(stdout) as Record;
}

/** Statistics of two numbers that vary independently. */
async function statistics(name: string, mean: number[], variances: number[], count?: number) {
  const dimension = mean.length;
  const covariance = new Float64Array(dimension * dimension);
  variances.forEach((variance, i) => (covariance[i * dimension + i] = variance));
  const bytes = await writeStatistics({
    dimension,
    mean: Float64Array.from(mean),
    covariance,
    ddof: 1,
    ...(count !== undefined && { count }),
  });
  writeFileSync(join(folder, name), bytes);
}

/** Pictures of one colour each. */
function pictures(name: string, colours: readonly number[], side = 16, opacity = 255): void {
  mkdirSync(join(folder, name), { recursive: true });
  for (const [i, colour] of colours.entries()) {
    const png = new PNG({ width: side, height: side });
    png.data.fill(colour);
    for (let at = 3; at < png.data.length; at += 4) png.data[at] = opacity;
    writeFileSync(join(folder, name, `${i}.png`), PNG.sync.write(png));
  }
}

describe('dist-gan evaluate', () => {
  it('compares statistics that were computed earlier', async () => {
    await statistics('one.npz', [0, 0], [4, 1], 100);
    await statistics('other.npz', [3, 0], [9, 1], 200);
    // (0 - 3)^2 + (2 - 3)^2
    const { generated, against, results } = await runJson('one.npz', '--against', 'other.npz');
    expect({ generated, against }).toEqual({ generated: 'one.npz', against: 'other.npz' });
    expect(results.map(({ id }) => id)).toEqual(['frechet-distance']);
    expect(results[0].value).toBeCloseTo(10, 9);
    expect(results[0].samples).toEqual({ generated: 100, real: 200 });

    const { code, stdout } = await run('one.npz', '--against=other.npz', '--out=result.json');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^frechet-distance +10 +100 +200$/m);
    expect(JSON.parse(readFileSync(join(folder, 'result.json'), 'utf8'))).toMatchObject({
      against: 'other.npz',
    });
  });

  it('bears no name of a protocol where files do not say how their features were made', async () => {
    await statistics('one.npz', [0, 0], [4, 1], 100);
    const { results, ...record } = await runJson('one.npz', '--against', 'one.npz');
    expect(record).toMatchObject({ protocol: null, layer: null });
    expect(results[0].protocol).not.toHaveProperty('name');
    expect(results[0].warnings.join()).toContain('one.npz does not say how its features were made');
    expect((await run('one.npz', '--against=one.npz')).stdout).not.toContain('clean-fid');
  });

  it('takes the arrays that it is told to, and as many features as were asked for', async () => {
    const points = Float64Array.from({ length: 1000 }, (_, i) => (i * i) % 17);
    writeFileSync(
      join(folder, 'points.npz'),
      await writeZip(new Map([['points.npy', writeNpy({ shape: [500, 2], data: points })]])),
    );
    const metrics = ['--metrics', 'frechet-distance'];
    const refused = await run('points.npz', '--against', 'points.npz', ...metrics);
    expect(refused.stderr).toMatch(/points\.npz holds points \[500, 2\] <f8, and no name says what it is/);
    const arrays = ['--array', 'points', '--against-array', 'points'];
    const { results } = await runJson(
      ...['points.npz', '--against', 'points.npz', ...metrics, ...arrays, '--samples', '100'],
    );
    expect(results[0].samples).toEqual({ generated: 100, real: 500 });
  });

  it('finds out before the work that nothing can be kept where it was told to', async () => {
    await statistics('one.npz', [0, 0], [4, 1], 100);
    writeFileSync(join(folder, 'file'), '');
    const { code, stderr } = await run('one.npz', '--against=one.npz', '--cache', join(folder, 'file', 'c'));
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: .*cannot be written .*--no-cache\n$/);
  });

  it.each([
    [[], /evaluate needs generated images: dist-gan evaluate </],
    [['one.npz'], /--metrics fid compares with real samples; name them with --against/],
    [['grey', '--metrics=is', '--against-samples=2'], /--against-samples is of real images/],
    [['grey', '--shard=0/2', '--out=part.npz', '--against-as=features'], /--against-as is of real images/],
    [['', '--against=one.npz'], /the generated set is an empty text; name a folder of pictures/],
    [['one.npz', '--against='], /--against needs a value/],
    [['one.npz', '--against=one.npz', '--samples=9'], /from which no 9 can be taken/],
    [['one.npz', '--against=none'], /none is no file, no folder and no data set .*check the path/],
    [['one.npz', '--against=cifar-10'], /unknown data set "cifar-10"; did you mean cifar10 or cifar100\?/],
    [['one.npz', '--against=three.npz'], /3 numbers, generated ones 2/],
    [
      ['one.npz', '--against=one.npz', '--metrics=fid,kid'],
      /one\.npz holds a mean and a covariance, which is not enough/,
    ],
    [
      ['grey', '--against=grey', '--background=white'],
      /--background must be red,green,blue, each from 0 to 255/,
    ],
    [['grey', '--against=grey', '--background=0,0,256'], /--background must be red,green,blue/],
    [['one.npz', '--against=one.npz', '--metrics=fdi'], /unknown metric "fdi"; did you mean fid\?/],
    [['one.npz', '--against=one.npz', '--protocol=tf'], /--protocol must be ttur, pytorch-fid/],
    [
      ['grey', '--against=one.npz', '--weights=none.pth'],
      /there is no .*none\.pth; fetch them with dist-gan fetch inception, or obtain classify_image_graph_def\.pb from/,
    ],
    [['grey', '--against=one.npz', '--samples=5'], /grey has 2 pictures, too few for 5; ask for fewer/],
    [['empty', '--against=one.npz'], /empty has no pictures/],
    [
      ['broken', '--against=one.npz'],
      /1\.png cannot be decoded \(.*\); it is the first of 1 corrupt pictures among 3/,
    ],
    [['a-run', '--against=one.npz'], /a-run is no folder of a run that can be sampled: preset is missing/],
  ])('explains in one line what is wrong with %j', async (words, message) => {
    await statistics('one.npz', [0, 0], [4, 1]);
    await statistics('three.npz', [0, 0, 0], [1, 1, 1]);
    pictures('grey', [100, 200]);
    mkdirSync(join(folder, 'empty'));
    pictures('broken', [1, 2, 3]);
    writeFileSync(join(folder, 'broken', '1.png'), 'not a picture');
    mkdirSync(join(folder, 'a-run'));
    writeFileSync(join(folder, 'a-run', 'run.json'), '{}');
    const { code, stderr } = await run(...words);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: [^\n]+\n$/);
    expect(stderr).toMatch(message);
  });
});

describe('dist-gan evaluate --background', () => {
  it('lays the colour behind what is not opaque, on both sides', async () => {
    pictures('half', [0, 100, 200], 1, 51);
    const measured = async (real: string, ...words: string[]) =>
      (await runJson('half', '--against', real, '--metrics', 'frechet-distance', ...words)).results[0];
    // A fifth of each colour, and four fifths of white.
    pictures('over-white', [204, 224, 244], 1);
    const over = await measured('over-white', '--background', '255,255,255');
    expect(over.value).toBeCloseTo(0, 9);
    expect(over.protocol).toMatchObject({
      generatedSplit: { background: [255, 255, 255] },
    });
    pictures('stored', [0, 100, 200], 1);
    expect((await measured('stored')).value).toBeCloseTo(0, 9);
    expect((await measured('over-white')).value).toBeGreaterThan(1);
  });

  it('holds for the data set of a folder', async () => {
    pictures('half', [0, 50, 100, 150, 200, 250], 64, 51);
    pictures('over-black', [0, 10, 20, 30, 40, 50], 64);
    const words = ['over-black', '--against', 'image-folder', '--data', 'half', '--metrics', 'realism'];
    const [realism] = (await runJson(...words, '--background', '0,0,0')).results;
    expect(realism.protocol).toMatchObject({ realSplit: { background: [0, 0, 0] } });
  });
});

const data = dataFolder();
const weights = resolve(data ?? '', 'inception-2015-12-05-to-mixed_7');

describe.skipIf(!existsSync(weights))('dist-gan evaluate with the published network', () => {
  it('measures pictures against pictures, and leaves corrupt ones out when asked to', async () => {
    pictures('one', [0, 60, 120, 180, 240, 90]);
    writeFileSync(join(folder, 'one', '5.png'), 'not a picture');
    pictures('same', [0, 60, 120, 180, 240], 20);
    const { results, notices } = await runJson(
      ...['one', '--against', 'same', '--layer', '64', '--metrics', 'fid,pr', '--skip-corrupt'],
    );
    expect(notices).toEqual([
      expect.stringMatching(/1 corrupt pictures were left out, the first is .*5\.png/),
    ]);
    const values = Object.fromEntries(results.map(({ id, value }) => [id, value]));
    // Pictures of one colour are the same at any size.
    expect(values['frechet-distance']).toBeLessThan(1e-6);
    expect(values).toMatchObject({ precision: 1, recall: 1 });
    expect(results[0].samples).toEqual({ generated: 5, real: 5 });
    expect(results[0].protocol.features).toMatchObject({ layer: '64', resize: 'pil-bicubic', dimension: 64 });
    expect(results[0].warnings.join()).toMatch(/rank/);
  });

  it('makes up for corrupt pictures by those behind them', async () => {
    pictures('some', [0, 60, 120, 180, 240, 90, 30]);
    for (const broken of ['0', '2']) writeFileSync(join(folder, 'some', `${broken}.png`), 'not a picture');
    const { results, notices } = await runJson(
      ...['some', '--against', 'some', '--layer', '64', '--skip-corrupt'],
      ...['--samples', '3', '--against-samples', '4'],
    );
    expect(results[0].samples).toEqual({ generated: 3, real: 4 });
    expect(notices[0]).toMatch(/2 corrupt pictures were left out/);
  });

  it('measures other pictures of the same name anew', async () => {
    const cache = ['--cache', join(folder, 'cache')];
    const words = ['one', '--against', 'same', '--layer', '64', ...cache];
    pictures('one', [0, 60, 120, 180, 240]);
    pictures('same', [0, 60, 120, 180, 240]);
    const [alike] = (await runJson(...words)).results;
    const [kept] = (await runJson(...words)).results;
    expect(kept).toEqual(alike);
    pictures('same', [200, 210, 220, 230, 250]);
    const [changed] = (await runJson(...words)).results;
    const [fresh] = (await runJson(...words.slice(0, 5), '--no-cache')).results;
    expect(changed.value).toBe(fresh.value);
    expect(changed.value).toBeGreaterThan(alike.value + 1e-3);
  });

  it('says which weights a higher layer needs', async () => {
    pictures('grey', [100, 200]);
    const { code, stderr } = await run('grey', '--against', 'grey', '--weights', weights);
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^error: inception: layer 2048 needs mixed_8\/tower\/conv, which .* lacks; take a lower layer/,
    );
  });
});

describe('StageProgress', () => {
  it('is silent for two seconds, then tells pace and time left', () => {
    const { stdout, written } = recordedTerminal();
    let seconds = 0;
    const onProgress = new StageProgress(stdout, () => seconds).stage('features of 1000 images', 1000);
    for (seconds = 1; seconds <= 10; seconds++) onProgress(seconds / 20);
    expect(written.stdout).toBe(
      'features of 1000 images  10%  50.0/s  18s left\nfeatures of 1000 images  35%  50.0/s  13s left\n',
    );
  });
});
