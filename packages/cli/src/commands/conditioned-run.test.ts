import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readNpz } from '@dist-gan/datasets/files';
import { loadNetwork } from '@dist-gan/runs';
import * as tf from '@tensorflow/tfjs-core';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main } from '../main.js';
import { recordedTerminal } from '../../test/recorded-terminal.js';

const classes = 3;
const latents = 100;
const length = 8 * 8 * 3;

/** Twelve images in one of three greys, which is their class. */
const greys = `
const labelOf = (i) => (5 * i) % ${classes};
const greys = () => ({
  id: 'greys', title: 'Greys', source: { title: 'Made for this test', year: 2026 }, options: {},
  size: 12, sampleShape: [8, 8, 3], range: [-1, 1],
  labels: Uint8Array.from({ length: 12 }, (_, i) => labelOf(i)),
  batch: (indices) => Float32Array.from({ length: indices.length * ${length} }, (_, i) => labelOf(indices[Math.floor(i / ${length})]) - 1),
});
const unlabelled = () => {
  const { labels, ...rest } = greys();
  return { ...rest, id: 'unlabelled' };
};
export const datasets = { greys, unlabelled };
`;

let folder = '';
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dist-gan-conditioned-'));
  writeFileSync(join(folder, 'dist-gan.config.mjs'), greys);
  const changes = [
    'dataset={"id":"greys"}',
    'architecture.form=head',
    'architecture.width=1',
    `architecture.classes=${classes}`,
    'batchSize=4',
    'evaluation={"every":2,"samples":6,"metrics":[]}',
  ];
  const set = changes.map((change) => `--set=${change}`);
  const { code, stderr } = await run('train', 'cifar10-dcgan', '--steps=2', '--out=run', ...set);
  expect([code, stderr]).toEqual([0, '']);
});
afterAll(() => rmSync(folder, { recursive: true }));

async function run(...words: string[]) {
  const terminal = recordedTerminal({ workingDirectory: folder });
  return { code: await main(words, terminal), ...terminal.written };
}

async function arraysOf(file: string) {
  return (await readNpz(readFileSync(join(folder, file)), file)).arrays;
}

describe('a run with classes', () => {
  it('is sampled class by class, or in those that are asked for', async () => {
    const sampled = async (...words: string[]) => {
      expect(await run('sample', 'run', '--count=6', '--out=it.npz', ...words)).toMatchObject({ code: 0 });
      return (await arraysOf('it.npz')).get('samples')!.data;
    };
    const all = await sampled();
    expect(await sampled('--labels=0,1,2')).toEqual(all);
    expect(await sampled('--labels=2,0')).not.toEqual(all);
    const { code } = await run('interpolate', 'run', '--labels=1', '--out=way.npz');
    expect(code).toBe(0);
    const way = (await arraysOf('way.npz')).get('latents')!;
    expect(way.shape).toEqual([64, latents + classes]);
    for (let row = 0; row < 64; row++) {
      const end = (row + 1) * (latents + classes);
      expect([...way.data.slice(end - classes, end)].map(Number)).toEqual([0, 1, 0]);
    }
  });

  it('reconstructs real samples, each as one of its class', async () => {
    expect(existsSync(join(folder, 'run/reconstructions/step-0000002.png'))).toBe(true);
    expect((await run('reconstruct', 'run', '--out=both.npz')).code).toBe(0);
    const arrays = await arraysOf('both.npz');
    expect(arrays.get('real')!.shape).toEqual([12, 8, 8, 3]);
    expect(arrays.get('reconstructed')!.shape).toEqual([12, 8, 8, 3]);
  });

  it.each([
    ['generator', ['latents', 'labels'], 'samples', [latents]],
    ['discriminator', ['samples', 'labels'], 'logits', [8, 8, 3]],
  ] as const)('gives its %s away, to be called with labels', async (role, inputs, output, shape) => {
    for (const form of ['onnx', 'layers-model', 'saved-model', 'safetensors']) {
      expect((await run('export', 'run', `--network=${role}`, `--to=${form}`, '--out=away')).code).toBe(0);
      const card = readFileSync(
        join(folder, `away/README${role === 'generator' ? '' : `-${role}`}.md`),
        'utf8',
      );
      expect(card).toContain(
        'and: labels, float32 [batch, 3], one-hot: a 1 at the class of each row, from 0 on',
      );
      const call = {
        onnx: `.run(['${output}'], {'${inputs[0]}': ${inputs[0]}, 'labels': labels})`,
        'layers-model': `network.predict([${inputs.join(', ')}])`,
        'saved-model': `network(${inputs[0]}=tf.constant(${inputs[0]}), labels=tf.constant(labels))['${output}']`,
      }[form];
      expect(card).toContain(call ?? 'load_file(');
    }
    const numbers = Float32Array.from({ length: 5 * tf.util.sizeFromShape([...shape]) }, (_, i) =>
      Math.sin(3 * i),
    );
    const labels = Float32Array.from({ length: 5 * classes }, (_, i) => (i % classes === i % 2 ? 1 : 0));
    const network = await loadNetwork(join(folder, 'away', role));
    const wanted = tf.tidy(() => {
      const made = network.predict([tf.tensor(numbers, [5, ...shape]), tf.tensor(labels, [5, classes])]);
      return [made].flat()[0].dataSync();
    });
    network.dispose();
    const session = await InferenceSession.create(join(folder, `away/${role}.onnx`));
    const made = await session.run({
      [inputs[0]]: new Tensor('float32', numbers, [5, ...shape]),
      labels: new Tensor('float32', labels, [5, classes]),
    });
    const got = made[output].data as Float32Array;
    expect(got).toHaveLength(wanted.length);
    got.forEach((value, i) => expect(Math.abs(value - wanted[i])).toBeLessThan(2e-6));
    await session.release();
  });

  it.each([
    [
      'a data set without labels',
      ['dataset={"id":"unlabelled"}', 'architecture.classes=3'],
      'fit.dataset: the networks are conditioned on 3 classes, and unlabelled has no labels; take a data set that has some, or',
    ],
    [
      'fewer classes than labels',
      ['dataset={"id":"greys"}', 'architecture.classes=2'],
      'fit.architecture: the networks are conditioned on 2 classes, and greys has a label of 2; give the architecture 3 classes',
    ],
  ])('is refused on %s', async (_, changes, message) => {
    const set = [...changes, 'architecture.form=head', 'architecture.width=1', 'evaluation.metrics=[]'];
    const { code, stderr } = await run(
      'train',
      'cifar10-dcgan',
      '--out=no',
      ...set.map((each) => `--set=${each}`),
    );
    expect(code).toBe(2);
    expect(stderr).toContain(`error: ${message}`);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(existsSync(join(folder, 'no'))).toBe(false);
  });

  it.each([
    ['3', /labels: got 3, and the generator has the classes 0 to 2/],
    ['1,,2', /--labels must be whole numbers with commas, such as 3 or 0,4,9, got "1,,2"/],
    ['-1', /--labels must be whole numbers/],
  ])('refuses --labels=%s', async (labels, message) => {
    const { code, stderr } = await run('sample', 'run', `--labels=${labels}`);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});
