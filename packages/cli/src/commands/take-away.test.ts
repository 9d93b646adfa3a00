import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSafetensors } from '@dist-gan/core';
import { readNpz } from '@dist-gan/datasets/files';
import { decodeCheckpoint } from '@dist-gan/runs';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main } from '../main.js';
import { recordedTerminal } from '../../test/recorded-terminal.js';

let folder = '';
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dist-gan-take-away-'));
  const train = [
    'train',
    'gaussian-grid',
    '--backend=cpu',
    '--steps=2',
    '--checkpoint-steps=1',
    '--out=grid',
  ];
  const small = [
    'movingAverage.halfLife=50',
    'architecture.hiddenUnits=[8,8]',
    'batchSize=16',
    'evaluation.samples=100',
  ];
  await run([...train, '--json', ...small.map((change) => `--set=${change}`)]);
});
afterAll(() => rmSync(folder, { recursive: true }));

async function run(words: readonly string[]) {
  const terminal = recordedTerminal({ workingDirectory: folder });
  return { code: await main(words, terminal), ...terminal.written };
}

async function samplesOf(file: string) {
  const { arrays } = await readNpz(readFileSync(join(folder, file)), file);
  return arrays.get('samples')!;
}

describe('sample', () => {
  it('writes the samples that the run evaluated, as numbers, and others for another seed', async () => {
    expect((await run(['sample', 'grid', '--count=100', '--out=a/points.npz'])).code).toBe(0);
    expect((await run(['sample', 'grid', '--count=100', '--out=b.npz'])).code).toBe(0);
    expect((await run(['sample', 'grid', '--count=100', '--seed=9', '--out=c.npz'])).code).toBe(0);
    const [a, b, c] = [await samplesOf('a/points.npz'), await samplesOf('b.npz'), await samplesOf('c.npz')];
    expect(a.shape).toEqual([100, 2]);
    expect(b).toEqual(a);
    expect(c.data).not.toEqual(a.data);
  });

  it('takes a checkpoint of before, too', async () => {
    const sampled = async (path: string) => {
      expect((await run(['sample', path, '--count=100', '--out=d.npz'])).code).toBe(0);
      return samplesOf('d.npz');
    };
    const newest = await sampled('grid');
    expect(await sampled('grid/checkpoints/step-0000002.safetensors')).toEqual(newest);
    expect((await sampled('grid/checkpoints/step-0000001.safetensors')).data).not.toEqual(newest.data);
    renameSync(join(folder, 'grid/checkpoints'), join(folder, 'away'));
    // The generator of the last evaluation is still there.
    expect(await sampled('grid')).toEqual(newest);
    const { stderr } = await run(['export', 'grid', '--network=encoder']);
    expect(stderr).toMatch(/checkpoints holds no checkpoint/);
    renameSync(join(folder, 'away'), join(folder, 'grid/checkpoints'));
  });

  it('takes no older checkpoint by itself where the newest is damaged, and names it', async () => {
    const file = join(folder, 'grid/checkpoints/step-0000002.safetensors');
    const whole = readFileSync(file);
    // Beside, for the best one may be the same file.
    rmSync(file);
    writeFileSync(file, whole.subarray(0, -1));
    const { code, stderr } = await run(['sample', 'grid', '--out=e.npz']);
    rmSync(file);
    writeFileSync(file, whole);
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /step-0000002\.safetensors: is damaged: .*; the one before it can be named: .*checkpoints\/step-0000001\.safetensors\n$/,
    );
  });

  it.each([
    [['sample'], /sample needs the folder of a run/],
    [['sample', 'nowhere'], /nowhere is no folder of a run that can be sampled: ENOENT/],
    [['sample', 'grid', '--labels=1'], /labels: got 1, and the generator is not conditioned on classes/],
    [['sample', 'grid', '--out=x.gif'], /--out x\.gif: the name must end in \.png or \.npz/],
    [
      ['sample', 'grid', '--out=x.png'],
      /samples of shape \[2\] are no images; write them into an \.npz file/,
    ],
    [['sample', 'grid', '--out=grid/run.json/x.npz'], /cannot be written .*choose another file/],
    [['sample', 'grid/checkpoints/step-0000009.safetensors'], /step-0000009\.safetensors cannot be read/],
    [
      ['sample', 'step-0000001.safetensors'],
      /is no folder of a run that can be sampled: .*or a checkpoint in its folder checkpoints/,
    ],
    [
      ['export', 'grid', '--network=decoder'],
      /unknown network of dist-gan "decoder"; did you mean encoder\?|known: /,
    ],
    [['evaluate', 'grid', '--against=grid'], /grid: its samples are no images but of shape \[2\]/],
    [
      ['export', 'grid', '--network=encoder', '--raw'],
      /--raw tells the encoder from its moving average, and .* keeps none/,
    ],
    [['export', 'grid', '--out=grid/run.json'], /choose another folder with --out/],
  ])('%j is refused in one line', async (words, message) => {
    const { code, stderr } = await run(words);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});

describe('export', () => {
  it('gives an ONNX file that makes the same samples, and a card that says how', async () => {
    expect((await run(['export', 'grid'])).code).toBe(0);
    const card = readFileSync(join(folder, 'grid/export-onnx/README.md'), 'utf8');
    expect(card).toContain('in: latents, float32 [batch, 2], uniform on [-1, 1)');
    expect(card).toContain('| modes-covered |');
    const table = card.split('\n').filter((line) => line.startsWith('|'));
    // Formulas have bars, too.
    expect(table.join()).toContain('\\|');
    for (const row of table) expect(row.replaceAll('\\|', '').split('|')).toHaveLength(5);
    const session = await InferenceSession.create(join(folder, 'grid/export-onnx/generator.onnx'));
    const tensors = await readSafetensorsOf('grid');
    const latents = Float32Array.of(0.25, -0.5, -1, 0.75);
    const { samples } = await session.run({ latents: new Tensor('float32', latents, [2, 2]) });
    expect(samples.dims).toEqual([2, 2]);
    // The same network in float64, from the weights as safetensors: two hidden layers with ReLU, then a sigmoid.
    const [dense1, dense2, dense3] = [...tensors.keys()]
      .filter((name) => name.endsWith('/kernel'))
      .toSorted();
    const layer = (x: readonly number[], kernel: string, activation: (value: number) => number) => {
      const { data: w } = tensors.get(kernel)!;
      const { data: bias } = tensors.get(kernel.replace(/kernel$/, 'bias'))!;
      return Array.from(bias as Float32Array, (b, j) =>
        activation(x.reduce((sum, value, i) => sum + value * Number(w[i * bias.length + j]), b)),
      );
    };
    const relu = (value: number) => Math.max(0, value);
    const sigmoid = (value: number) => 1 / (1 + Math.exp(-value));
    const wanted = [latents.subarray(0, 2), latents.subarray(2)].flatMap((z) =>
      layer(layer(layer([...z], dense1, relu), dense2, relu), dense3, sigmoid),
    );
    wanted.forEach((value, i) => expect(Math.abs(Number(samples.data[i]) - value)).toBeLessThan(1e-6));
  });

  it('says of a run that was stopped, and whose checkpoints are gone, how far it had come', async () => {
    cpSync(join(folder, 'grid'), join(folder, 'stopped'), { recursive: true });
    rmSync(join(folder, 'stopped/checkpoints'), { recursive: true });
    const file = join(folder, 'stopped/run.json');
    const record = JSON.parse(readFileSync(file, 'utf8')) as { options: object };
    writeFileSync(file, JSON.stringify({ ...record, options: { ...record.options, steps: 1000 } }));
    expect((await run(['export', 'stopped'])).code).toBe(0);
    const card = readFileSync(join(folder, 'stopped/export-onnx/README.md'), 'utf8');
    expect(card).toContain('after 2 training steps');
    expect(card).toContain('At step 2:');
  });

  it('gives the weights as safetensors, and layers as TensorFlow.js reads them', async () => {
    const tensors = await readSafetensorsOf('grid');
    const shapes = [...tensors.values()].map(({ shape }) => shape.join(' x '));
    expect(shapes.toSorted()).toEqual(['2', '2 x 8', '8', '8', '8 x 2', '8 x 8']);
    expect((await run(['export', 'grid', '--to=layers-model', '--out=layers'])).code).toBe(0);
    expect(readdirSync(join(folder, 'layers/generator')).sort()).toEqual(['model.json', 'weights.bin']);
    expect((await run(['export', 'grid', '--to=saved-model', '--out=saved'])).code).toBe(0);
    expect(existsSync(join(folder, 'saved/generator/saved_model.pb'))).toBe(true);
  });
});

describe('export of other networks, from a checkpoint', () => {
  const checkpoint = 'grid/checkpoints/step-0000001.safetensors';

  it('gives the encoder and the discriminator of that step', async () => {
    for (const [network, ports, size] of [
      ['encoder', ['samples', 'latents'], 2],
      ['discriminator', ['samples', 'logits'], 1],
    ] as const) {
      const { code, stdout } = await run(['export', checkpoint, `--network=${network}`, '--out=others']);
      expect(code).toBe(0);
      expect(stdout).toBe(`others/${network}.onnx\nothers/README-${network}.md\n`);
      const session = await InferenceSession.create(join(folder, `others/${network}.onnx`));
      const feeds = { [ports[0]]: new Tensor('float32', new Float32Array(6), [3, 2]) };
      expect((await session.run(feeds))[ports[1]].dims).toEqual([3, size]);
      await session.release();
      const card = readFileSync(join(folder, `others/README-${network}.md`), 'utf8');
      expect(card).toContain('after 1 training steps. Its weights are those that were trained.');
      expect(card).toContain('in: samples, float32 [batch, 2], from 0 to 1');
      expect(card).toContain('It was not evaluated up to here.');
    }
  });

  it('gives the generator, or its moving average, as the checkpoint has them', async () => {
    const { tensors } = decodeCheckpoint(readFileSync(join(folder, checkpoint)), checkpoint);
    const numbersOf = (prefix: string) =>
      [...tensors].filter(([name]) => name.startsWith(prefix)).map(([, { data }]) => [...data].join());
    for (const [flags, prefix, words] of [
      [[], 'average/generator/', 'a moving average of the trained ones (half-life 50 samples)'],
      [['--raw'], 'weights/generator/', 'those that were trained'],
    ] as const) {
      await run(['export', checkpoint, '--to=safetensors', '--out=numbers', ...flags]);
      const written = readSafetensors(
        readFileSync(join(folder, 'numbers/generator.safetensors')),
        '',
      ).tensors;
      expect([...written.values()].map(({ data }) => [...data].join()).toSorted()).toEqual(
        numbersOf(prefix).toSorted(),
      );
      expect(readFileSync(join(folder, 'numbers/README.md'), 'utf8')).toContain(words);
    }
  });
});

async function readSafetensorsOf(name: string) {
  expect((await run(['export', name, '--to=safetensors'])).code).toBe(0);
  const file = `${name}/export-safetensors/generator.safetensors`;
  return readSafetensors(readFileSync(join(folder, file)), file).tensors;
}
