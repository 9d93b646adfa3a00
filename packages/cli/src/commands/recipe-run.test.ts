import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSafetensors, type JsonObject } from '@dist-gan/core';
import { readNpy, readZip } from '@dist-gan/datasets/files';
import { lockRun, readEvents, readRecord, readRun, type RunResult } from '@dist-gan/runs';
import { RunReader } from '@dist-gan/viewer';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { main } from '../main.js';
import { samplePlane } from '../pictures/index.js';
import { datasetOf } from '../registry.js';
import { recordedTerminal } from '../../test/recorded-terminal.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dist-gan-recipe-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const tiny = [
  'train',
  'ae-ot-gan-gaussian-grid',
  '--set=recipe.steps=6',
  '--set=recipe.refineSteps=3',
  '--set=recipe.codes=40',
  '--set=recipe.draws=50',
  '--set=recipe.ganSteps=6',
  '--set=architecture.hiddenUnits=[8,8]',
  '--set=batchSize=16',
  '--set=evaluation.samples=100',
  '--backend=cpu',
  '--json',
];

/** Words of the line of a step of all stages together. */
const lineOf = (step: number) => `{"event":"step","step":${step},"losses":{`;

/** `--set=architecture` of `--set=architecture={...}`. */
const prefixOf = (word: string) => word.split('=').slice(0, 2).join('=');

async function run(words: readonly string[], stopAt?: number) {
  const terminal = recordedTerminal({
    workingDirectory: folder,
    onOutput: (text) => {
      if (stopAt !== undefined && text.startsWith(lineOf(stopAt))) terminal.interrupt();
    },
  });
  return { code: await main(words, terminal), ...terminal.written };
}

const stageOf = (name: string, stage: string) =>
  readSafetensors(readFileSync(join(folder, name, 'stages', `${stage}.safetensors`)), stage).tensors;
const resultOf = (name: string) =>
  JSON.parse(readFileSync(join(folder, name, 'result.json'), 'utf8')) as RunResult;
/** What was logged of steps: losses, in the order of the lines. */
const lossesOf = (name: string) =>
  readEvents(join(folder, name)).flatMap((event) =>
    event.event === 'step' ? [[event.step, event.losses]] : [],
  );

async function arraysOf(file: string) {
  const entries = await readZip(readFileSync(join(folder, file)));
  return Object.fromEntries([...entries].map(([name, bytes]) => [name, readNpy(bytes)]));
}

describe('train and resume a recipe', () => {
  it('goes on within any stage to the bytes of a run that was not interrupted, and finds what is done', async () => {
    expect(await run([...tiny, '--out=whole'])).toMatchObject({ code: 0 });
    expect(resultOf('whole')).toMatchObject({ preset: 'ae-ot-gan-gaussian-grid', steps: 15 });
    expect(readRun(join(folder, 'whole')).state).toBe('completed');
    const steps = { autoencoder: 2, refine: 8, adversarial: 11 };
    for (const [stage, step] of Object.entries(steps)) {
      const cut = await run([...tiny, `--out=${stage}`], step);
      expect(cut.code).toBe(130);
      expect(readEvents(join(folder, stage)).at(-1)).toMatchObject({
        event: 'stage',
        stage,
        outcome: 'aborted',
      });
      expect(readRun(join(folder, stage)).state).toBe('stopped');
      const resumed = await run(['resume', stage, '--json']);
      expect(resumed).toMatchObject({ code: 0 });
      expect(resumed.stdout).toContain(lineOf(step + 1));
      expect(resumed.stdout).not.toContain(lineOf(step));
      expect(readRun(join(folder, stage)).state).toBe('completed');
      expect(stageOf(stage, 'adversarial')).toEqual(stageOf('whole', 'adversarial'));
      expect(resultOf(stage).metrics).toEqual(resultOf('whole').metrics);
      expect(lossesOf(stage)).toEqual(lossesOf('whole'));
    }
    const log = readFileSync(join(folder, 'whole', 'metrics.jsonl'), 'utf8');
    const again = await run(['resume', 'whole', '--json']);
    expect(again.code).toBe(0);
    expect(again.stderr.match(/: found, /g)).toHaveLength(6);
    expect(again.stdout).not.toContain('"event":"step"');
    expect(readFileSync(join(folder, 'whole', 'metrics.jsonl'), 'utf8')).toBe(log);
  });

  it('refuses a stage that was changed, and then still goes on without the change', async () => {
    await run([...tiny, '--out=run'], 11);
    const changed = await run(['resume', 'run', '--set=recipe.contentWeight=7']);
    expect(changed.code).toBe(2);
    expect(changed.stderr).toContain(
      'recipe: stage adversarial was made with method.contentWeight 100, and is now asked for with 7',
    );
    expect((await run(['resume', 'run'])).code).toBe(0);
  });

  it.each<[string, string[], string]>([
    ['--keep', ['--keep=9'], '--keep: ae-ot-gan-gaussian-grid keeps its stages, and has no checkpoints'],
    ['--steps', ['--steps=9'], 'every stage of ae-ot-gan-gaussian-grid has steps of its own'],
    ['an unknown option', ['--set=recipe.stepz=9'], 'did you mean steps'],
    ['an unknown key', ['--set=method.id=gan'], 'ae-ot-gan-gaussian-grid.method is not an option'],
    [
      'an architecture without a network of the last stage',
      ['--set=architecture={"id":"ae-ot-autoencoder"}'],
      'the method ae-ot-gan-adversarial needs a network of kind discriminator for its role discriminator, and ae-ot-autoencoder ' +
        'builds generator, encoder',
    ],
    [
      'fewer codes than they have numbers',
      ['--set=latentDimension=50'],
      'ae-ot.codes: codes of 50 numbers need at least 50 samples for a transport map, and 40 of the ',
    ],
    [
      'more dimensions than transport has',
      ['--set=latentDimension=1112', '--set=recipe.codes=2000'],
      'ae-ot: latents of 1112 numbers have no transport map here',
    ],
  ])('names %s before it begins, and leaves nothing', async (_, words, message) => {
    const asked = tiny.filter((word) => !words.some((changed) => word.startsWith(prefixOf(changed))));
    const { code, stderr } = await run([...asked, ...words, '--out=run']);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('names codes between which there is no transport, with what to do', async () => {
    const equal = `export const datasets = { equal: () => ({
      id: 'equal', title: 'Equal points', source: { title: 'Made for this test', year: 2026 }, options: {},
      size: 64, sampleShape: [2], range: [-1, 1], batch: (indices) => new Float32Array(2 * indices.length),
    }) };`;
    writeFileSync(join(folder, 'dist-gan.config.mjs'), equal);
    const { code, stderr } = await run([
      ...tiny,
      '--set=dataset={"id":"equal"}',
      '--set=evaluation.metrics=[]',
      '--out=run',
    ]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: embed: 40 samples have 1 different code of 2 numbers, .* raise codes/m);
    expect(stderr).not.toContain('    at ');
    expect(readRun(join(folder, 'run')).state).toBe('failed');
  });

  it('leaves a run that can be shown, compared, sampled, reconstructed and exported', async () => {
    const compiled = tiny.map((word) => (word === '--backend=cpu' ? '--target=onnx' : word));
    expect(await run([...compiled, '--out=run'])).toMatchObject({ code: 0 });
    expect(readRecord(join(folder, 'run'))).toMatchObject({
      target: 'onnx',
      device: 'cpu',
      engine: expect.stringMatching(/^ONNX Runtime \d/) as string,
    });
    const shownRun = await run(['show', 'run']);
    expect(shownRun).toMatchObject({ code: 0 });
    expect(shownRun.stdout).toMatch(/state +completed\nsteps +15 of 15/);
    expect((await run(['compare', 'run', 'run'])).stdout).toContain('All settings are the same.');
    expect(new RunReader(join(folder, 'run')).view()).toMatchObject({
      state: 'completed',
      steps: 15,
      losses: { steps: Array.from({ length: 15 }, (_, i) => i + 1) },
      samples: { kind: 'points', steps: [15] },
    });

    const sampled = await run(['sample', 'run', '--count=100', '--out=made.npz']);
    expect(sampled).toMatchObject({ code: 0 });
    const { 'samples.npy': samples, 'latents.npy': latents } = await arraysOf('made.npz');
    expect([samples.shape, latents.shape]).toEqual([
      [100, 2],
      [100, 2],
    ]);
    // Those that the run evaluated.
    const { dataset } = readRecord(join(folder, 'run')).options;
    const plane = (await samplePlane(await datasetOf(dataset as JsonObject & { id: string }, {})))!;
    const placed = plane.place({ data: Float32Array.from(samples.data), count: 100, sampleShape: [2] });
    const drawn = readFileSync(join(folder, 'run', 'samples', 'step-0000015.f32'));
    expect(drawn.length).toBe(4 * placed.length);
    placed.forEach((value, i) => expect(drawn.readFloatLE(4 * i)).toBeCloseTo(value, 4));

    expect(await run(['export', 'run', '--out=taken'])).toMatchObject({ code: 0 });
    const card = readFileSync(join(folder, 'taken', 'README.md'), 'utf8');
    expect(card).toContain('Recipe ae-ot-gan, networks mlp, data gaussian-grid, after 15 training steps');
    expect(card).toContain("latents = numpy.load('samples.npz')['latents']");
    const session = await InferenceSession.create(join(folder, 'taken', 'generator.onnx'));
    const fed = new Tensor('float32', Float32Array.from(latents.data), [100, 2]);
    const made = (await session.run({ latents: fed })).samples.data as Float32Array;
    made.forEach((value, i) => expect(value).toBeCloseTo(samples.data[i], 5));

    expect(await run(['reconstruct', 'run', '--count=4', '--out=both.npz'])).toMatchObject({ code: 0 });
    const refused = await run(['interpolate', 'run']);
    expect(refused).toMatchObject({ code: 2 });
    expect(refused.stderr).toContain('a run of ae-ot-gan, which makes its latents itself');
    expect((await run(['export', 'run', '--network=critic'])).stderr).toContain(
      'unknown network of the recipe "critic"',
    );
  });

  it('says of a run that is not done what is missing', async () => {
    await run([...tiny, '--out=run'], 2);
    const { code, stderr } = await run(['sample', 'run']);
    expect(code).toBe(2);
    expect(stderr).toContain('stage autoencoder of ae-ot-gan is not done yet; go on with dist-gan resume');
  });

  it('refuses a run that another process writes, and leaves one that fails with the reason', async () => {
    await run([...tiny, '--out=run'], 2);
    const path = join(folder, 'run');
    const lock = lockRun(path);
    expect((await run(['resume', 'run'])).stderr).toContain('is being written by process');
    lock.release();
    rmSync(join(path, 'stages', 'autoencoder.safetensors'));
    writeFileSync(join(path, 'stages', 'autoencoder.safetensors'), 'no stage');
    const { code, stderr } = await run(['resume', 'run']);
    expect(code).toBe(2);
    expect(stderr).toContain('is no stage of a recipe, or damaged');
  });
});
