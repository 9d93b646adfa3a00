import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { WeightMapping } from '@dist-gan/architectures';
import { readNpz } from '@dist-gan/datasets/files';
import { PNG } from 'pngjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { main } from '../main.js';
import { recordedTerminal } from '../../test/recorded-terminal.js';

/** Weights and images of a DCGAN that was trained in PyTorch: tooling/oracles/outside_generators.py. */
const fixtures = fileURLToPath(new URL('../../../../tooling/fixtures/outside/', import.meta.url));
const architecture = '{"id":"pytorch-dcgan","options":{"width":2,"latentDimension":5}}';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dist-gan-outside-'));
  for (const name of ['pytorch-dcgan', 'standard-cnn']) {
    copyFileSync(join(fixtures, `${name}.safetensors`), join(folder, `${name}.safetensors`));
  }
});
afterEach(() => rmSync(folder, { recursive: true }));

async function run(...words: string[]) {
  const terminal = recordedTerminal({ workingDirectory: folder });
  return { code: await main(words, terminal), ...terminal.written };
}

function writeMapping(content: object): void {
  writeFileSync(join(folder, 'mapping.json'), JSON.stringify(content));
}

/** What the names of the standard CNN are, and how it is sampled. */
const standard = {
  architecture: { id: 'sngan-cnn', options: { form: 'sn-gan', width: 2 } },
  samples: { shape: [16, 16, 3], range: [0, 1] },
  latents: { dimension: 4, distribution: 'normal' },
  weights: JSON.parse(readFileSync(join(fixtures, 'standard-cnn.mapping.json'), 'utf8')) as WeightMapping,
};

async function samplesOf(file: string) {
  const { arrays } = await readNpz(readFileSync(join(folder, file)), file);
  return arrays.get('samples')!;
}

/** Samples from 0 to 1 as pictures in the folder `real`. */
function writePictures([count, height, width]: readonly number[], data: Float32Array): void {
  mkdirSync(join(folder, 'real'), { recursive: true });
  for (let i = 0; i < count; i++) {
    const png = new PNG({ width, height });
    for (let at = 0; at < height * width; at++) {
      for (let channel = 0; channel < 3; channel++) {
        const value = data[(i * height * width + at) * 3 + channel];
        png.data[4 * at + channel] = Math.floor(255 * value + 0.5);
      }
      png.data[4 * at + 3] = 255;
    }
    writeFileSync(join(folder, 'real', `${String(i).padStart(2, '0')}.png`), PNG.sync.write(png));
  }
}

describe('weights from outside', () => {
  it('are sampled in inference mode, each sample the same in whatever batch', async () => {
    const flags = ['--architecture', architecture, '--out=a.npz'];
    expect(await run('sample', 'pytorch-dcgan.safetensors', ...flags, '--count=70')).toMatchObject({
      code: 0,
      stdout: '70 samples of shape [64, 64, 3] in a.npz\n',
    });
    const all = await samplesOf('a.npz');
    await run('sample', 'pytorch-dcgan.safetensors', ...flags, '--count=2');
    const two = await samplesOf('a.npz');
    expect(all.data.subarray(0, two.data.length)).toEqual(two.data);
    expect(all.data.every((pixel) => Math.abs(Number(pixel)) <= 1)).toBe(true);
  });

  it('are drawn as pictures, from a mapping alone', async () => {
    writeMapping(standard);
    expect(
      (await run('sample', 'standard-cnn.safetensors', '--mapping=mapping.json', '--out=grid.png')).code,
    ).toBe(0);
    expect(PNG.sync.read(readFileSync(join(folder, 'grid.png'))).width).toBeGreaterThan(8 * 16);
    await run(
      'sample',
      'standard-cnn.safetensors',
      '--mapping=mapping.json',
      '--out=b.npz',
      '--count=3',
      '--seed=4',
    );
    const { shape } = await samplesOf('b.npz');
    expect(shape).toEqual([3, 16, 16, 3]);
  });

  it('are measured: at no distance from the bytes of their own samples', async () => {
    writeMapping(standard);
    const generator = ['standard-cnn.safetensors', '--mapping=mapping.json'];
    const distanceFrom = async (seed: number) => {
      await run('sample', ...generator, '--out=floats.npz', '--count=30', `--seed=${seed}`);
      const { shape, data } = await samplesOf('floats.npz');
      writePictures(shape, data as Float32Array);
      const flags = ['--against=real', '--metrics=sliced-wasserstein', '--samples=30', '--json'];
      const { code, stdout, stderr } = await run('evaluate', ...generator, ...flags);
      // Where it takes longer than two seconds, progress is told there.
      expect(code, stderr).toBe(0);
      return JSON.parse(stdout) as {
        generated: string;
        results: { id: string; value: number; samples: object }[];
      };
    };
    const { generated, results } = await distanceFrom(0);
    expect(generated).toBe('standard-cnn.safetensors');
    expect(results[0]).toMatchObject({
      id: 'sliced-wasserstein',
      value: 0,
      samples: { generated: 30, real: 30 },
    });
    expect((await distanceFrom(1)).results[0].value).toBeGreaterThan(0);
  });

  it.each([
    [['pytorch-dcgan.safetensors'], /is no folder of a run that can be sampled.*--architecture/],
    [['pytorch-dcgan.safetensors', '--architecture=dcgan'], /unknown architecture "dcgan"/],
    [['pytorch-dcgan.safetensors', '--architecture={"id"'], /--architecture is not JSON/],
    [
      ['pytorch-dcgan.safetensors', '--architecture=pytorch-dcgan'],
      /main\.0\.weight has shape \[5, 16, 4, 4\], the layer dense-1 takes \[8192, 100\] or \[100, 512, 4, 4\]/,
    ],
    [
      ['standard-cnn.safetensors', '--architecture=mimicry-sngan'],
      /there is no tensor l1\.weight, which the layer dense-1 takes/,
    ],
    [
      ['standard-cnn.safetensors', '--architecture=sngan-cnn'],
      /the file of --mapping must say samples, latents, weights, for instance/,
    ],
    [
      ['none.safetensors', '--architecture=mimicry-sngan'],
      /none\.safetensors: the file cannot be read \(ENOENT/,
    ],
    [['standard-cnn.safetensors', '--mapping=none.json'], /--mapping none\.json: the file cannot be read/],
    [
      ['standard-cnn.safetensors', '--mapping=mapping.json'],
      /weights from outside need their network: --architecture mimicry-sngan or pytorch-dcgan/,
    ],
    [['mapping.json', '--architecture=mimicry-sngan'], /it is damaged or no safetensors file/],
  ])('%j: says in one line what is wrong', async (words, message) => {
    writeMapping({});
    const { code, stderr } = await run('sample', ...words);
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});
