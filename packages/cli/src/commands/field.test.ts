import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { measureField } from '../evaluation/discriminator-field.js';
import { main } from '../main.js';
import { datasetOf } from '../registry.js';
import { recordedTerminal } from '../../test/recorded-terminal.js';

vi.mock('../evaluation/discriminator-field.js', { spy: true });
vi.mock('../registry.js', { spy: true });

let folder = '';
async function run(words: readonly string[]) {
  const terminal = recordedTerminal({ workingDirectory: folder });
  return { code: await main(words, terminal), ...terminal.written };
}
const small = ['architecture.hiddenUnits=[8,8]', 'batchSize=16', 'evaluation.samples=50'];
const train = (preset: string, out: string, ...sets: string[]) =>
  run([
    'train',
    preset,
    '--backend=cpu',
    '--steps=1',
    `--out=${out}`,
    '--json',
    ...[...small, ...sets].map((change) => `--set=${change}`),
  ]);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dist-gan-field-'));
  expect((await train('gaussian-grid', 'a')).code).toBe(0);
  expect((await train('gaussian-grid-wgan-gp', 'b')).code).toBe(0);
  expect((await train('gaussian-ring', 'c')).code).toBe(0);
  expect((await train('gaussian-ring', 'f', 'dataset.modes=6')).code).toBe(0);
  expect((await train('gaussian-grid-gan', 'd', 'method.packing=2')).code).toBe(0);
  expect((await train('gaussian-grid', 'e', 'dataset.margin=1.1')).code).toBe(0);
});
afterAll(() => rmSync(folder, { recursive: true }));

const size = (file: string) => PNG.sync.read(readFileSync(join(folder, file))).width;

it('draws discriminators side by side', async () => {
  const one = await run(['field', 'a']);
  expect(one).toMatchObject({ code: 0, stdout: 'the discriminators of 1 run in field.png\n' });
  vi.mocked(datasetOf).mockClear();
  expect((await run(['field', 'a', 'b', '--titles', 'Dist-GAN,WGAN-GP', '-o', 'two.png'])).code).toBe(0);
  // Of the same data.
  expect(datasetOf).toHaveBeenCalledOnce();
  expect(size('two.png')).toBeGreaterThan(1.5 * size('field.png'));
});

it('asks every discriminator at the same points, in the units that it was trained with', async () => {
  vi.mocked(measureField).mockClear();
  expect((await run(['field', 'a', 'e'])).code).toBe(0);
  const [[, a], [, e]] = vi.mocked(measureField).mock.calls;
  expect(e.limits).toEqual(a.limits);
  // The preset has a margin of 0.05: with 1.1, points are divided by twice as much.
  expect(e.scale).toBeCloseTo(2 * a.scale);
  expect(e.offset).toBeCloseTo(2 * a.offset);
});

it('is drawn at the end of a run on the plane, where points are judged one by one', () => {
  expect(readdirSync(join(folder, 'a/discriminator-field'))).toEqual(['step-0000001.png']);
  expect(readdirSync(join(folder, 'd'))).not.toContain('discriminator-field');
});

it.each([
  [['field'], /field needs a run/],
  [
    ['field', 'a', 'c'],
    /a was trained on gaussian-grid and c on gaussian-ring: their planes are not the same/,
  ],
  [
    ['field', 'c', 'f'],
    /c was trained on those of its gaussian-ring and f on other modes: their planes are not the same/,
  ],
  [['field', 'd'], /d has a discriminator that does not judge points one by one/],
  [['field', 'a', '--out', 'field.npz'], /--out field\.npz: the name must end in \.png/],
  [['field', 'a', '--titles', 'x,y'], /--titles: there are 1 runs and 2 titles/],
])('%j is refused', async (words, message) => {
  const { code, stderr } = await run(words);
  expect(code).toBe(2);
  expect(stderr).toMatch(message);
});
