import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { commands } from '../commands/index.js';
import { main } from '../main.js';
import { useOwnParts } from '../registry.js';
import { recordedTerminal } from '../../test/recorded-terminal.js';
import { noOwnParts } from './own-parts.js';

let folder = '';
// Commands are loaded when they are asked for; not within the time of a test.
beforeAll(() =>
  Promise.all(
    ['train', 'resume', 'sample', 'watch'].map((name) =>
      commands.find((entry) => entry.name === name)!.load(),
    ),
  ),
);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dist-gan-own-parts-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function run(...words: string[]) {
  const terminal = recordedTerminal({ workingDirectory: folder });
  return { code: await main(words, terminal), ...terminal.written };
}

const write = (name: string, content: string) => writeFileSync(join(folder, name), content);

/** A folder in which nothing is installed but TensorFlow.js, and in it a method, a network, points and a metric of one's own. */
function writeParts(): void {
  const core = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-core/package.json'));
  mkdirSync(join(folder, 'node_modules/@tensorflow'), { recursive: true });
  symlinkSync(core, join(folder, 'node_modules/@tensorflow/tfjs-core'));
  write(
    'dist-gan.config.mjs',
    `import * as tf from '@tensorflow/tfjs-core';
const source = { title: 'Mine', year: 2026 };
/** Moves the mean of generated samples to that of real ones: no discriminator. */
const meanMatching = ({ learningRate = 0.05 } = {}) => ({
  id: 'mean-matching', title: 'Mean matching', source, options: { learningRate },
  roles: [{ id: 'generator', kind: 'generator' }],
  phases: [{
    name: 'generator', updates: ['generator'], repeats: 1,
    optimizer: { id: 'sgd', learningRate },
    inputs: ['real', 'latents'].map((kind) => ({ name: kind, kind, draw: 'repeat' })),
    loss: ({ inputs, generate }) => ({
      total: tf.sum(tf.squaredDifference(tf.mean(inputs.real, 0), tf.mean(generate(inputs.latents).samples, 0))),
      terms: {},
    }),
  }],
});
const corner = () => ({
  id: 'corner', title: 'Corner', source, options: {}, size: 40, sampleShape: [2], range: [0, 1],
  batch: (indices) => Float32Array.from({ length: 2 * indices.length }, (_, i) => 0.8 + (i % 2) / 10),
});
const meanOfFirst = () => {
  let mean = 0;
  return {
    id: 'mean-of-first', protocol: {},
    update: ({ data, count }) => { for (let i = 0; i < count; i++) mean += data[2 * i] / count; },
    results: () => [{ id: 'mean-of-first', value: mean, protocol: {}, samples: { generated: 50 }, warnings: [] }],
  };
};
export const methods = { 'mean-matching': meanMatching };
export const datasets = { corner };
export const metrics = { 'mean-of-first': meanOfFirst };
`,
  );
}

describe('dist-gan.config.mjs', () => {
  it('brings parts that a run is trained, gone on with, sampled and watched with', async () => {
    writeParts();
    write(
      'settings.json',
      JSON.stringify({
        preset: 'gaussian-grid',
        method: { id: 'mean-matching' },
        dataset: { id: 'corner' },
        architecture: { hiddenUnits: [8] },
        batchSize: 8,
        evaluation: { every: 1000, samples: 50, metrics: [{ id: 'mean-of-first' }] },
      }),
    );
    const trained = await run(
      'train',
      '--config',
      'settings.json',
      '--backend=cpu',
      '--steps=20',
      '--out=a',
      '--json',
    );
    expect(trained).toMatchObject({ code: 0 });
    const result = () =>
      JSON.parse(readFileSync(join(folder, 'a/result.json'), 'utf8')) as {
        metrics: { id: string; value: number }[];
      };
    const [early] = result().metrics;
    expect(early.id).toBe('mean-of-first');
    expect(await run('resume', 'a', '--steps=300', '--json')).toMatchObject({ code: 0 });
    const [late] = result().metrics;
    expect(Math.abs(late.value - 0.8)).toBeLessThan(0.5 * Math.abs(early.value - 0.8));
    expect(await run('sample', 'a', '--count=3', '--out=x.npz')).toMatchObject({ code: 0 });

    let watching: (address: string) => void;
    const address = new Promise<string>((resolve) => (watching = resolve));
    const terminal = recordedTerminal({
      workingDirectory: folder,
      onOutput: (text) => watching(text.trim()),
    });
    // As in a new process.
    useOwnParts(noOwnParts);
    const watch = main(['watch', 'a'], terminal);
    expect((await fetch(`${await address}runs/a/generator.onnx`)).status).toBe(200);
    terminal.interrupt();
    expect(await watch).toBe(130);

    rmSync(join(folder, 'dist-gan.config.mjs'));
    const without = await run('sample', 'a');
    expect(without.code).toBe(2);
    expect(without.stderr).toMatch(/unknown method "mean-matching"/);
  });

  it.each([
    ['export const method = {};', /dist-gan.config.mjs: unknown export "method"; did you mean methods\?/],
    ['export const methods = [];', /methods must be an object of functions by id/],
    ["export const methods = { x: 'gan' };", /methods must be an object of functions by id/],
    [
      'export const methods = { gan: () => ({}) };',
      /methods has gan, which is an id of ours; choose another/,
    ],
    ['export const methods = {', /dist-gan.config.mjs: it cannot be loaded \(.*\); correct it/],
    ["throw new Error('no luck')", /dist-gan.config.mjs: it cannot be loaded \(no luck\); correct it/],
    [
      "export const methods = { mine: () => ({ id: 'other' }) };",
      /the method mine: its maker must give a method with the id "mine", got "other"/,
    ],
    [
      'export const methods = { mine: () => 3 };',
      /the method mine: its maker must give a method with the id "mine", got none/,
    ],
  ])('says what is wrong with %j', async (content, message) => {
    write('dist-gan.config.mjs', content);
    const { code, stderr } = await run(
      'train',
      'gaussian-grid',
      '--steps=1',
      '--set=method.id=mine',
      '--out=a',
    );
    expect(stderr).toMatch(message);
    expect(stderr.split('\n').length).toBe(2);
    expect(code).toBe(2);
  });

  it('is not run by commands that make no parts', async () => {
    write('dist-gan.config.mjs', "throw new Error('run')");
    expect((await run('presets')).code).toBe(0);
    expect((await run('train', '--help')).code).toBe(0);
  });
});
