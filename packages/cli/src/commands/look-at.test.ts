import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mlp } from '@dist-gan/architectures';
import { readNpz } from '@dist-gan/datasets/files';
import { distGan } from '@dist-gan/methods';
import { CheckpointStore } from '@dist-gan/runs';
import { restoreNetwork } from '@dist-gan/trainer';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main } from '../main.js';
import { recordedTerminal } from '../../test/recorded-terminal.js';

let folder = '';
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dist-gan-look-at-'));
  const train = (name: string, ...more: string[]) =>
    run([
      'train',
      'gaussian-grid',
      '--backend=cpu',
      '--steps=2',
      `--out=${name}`,
      '--reporter=quiet',
      '--set=architecture.hiddenUnits=[8,8]',
      '--set=batchSize=16',
      '--set=evaluation.every=1',
      `--set=evaluation.samples=${name === 'c' ? 120 : 100}`,
      ...more,
    ]);
  expect(await train('a')).toEqual({ code: 0, stdout: '', stderr: '' });
  await train('b', '--seed=3', '--set=method.id=wgan-gp');
  await train('c');
});
afterAll(() => rmSync(folder, { recursive: true }));

async function run(words: readonly string[]) {
  const terminal = recordedTerminal({ workingDirectory: folder });
  return { code: await main(words, terminal), ...terminal.written };
}

async function arraysOf(file: string) {
  return (await readNpz(readFileSync(join(folder, file)), file)).arrays;
}

/** A network of run `a`, applied as TensorFlow.js itself applies it. */
function applied(role: 'encoder' | 'generator', rows: Float32Array): Float32Array {
  const checkpoint = new CheckpointStore(join(folder, 'a/checkpoints')).newest();
  const network = restoreNetwork(checkpoint, {
    method: distGan(),
    architecture: mlp({ hiddenUnits: [8, 8] }),
    shape: { sampleShape: [2], latentDimension: 2 },
    role,
  });
  const output = tf.tidy(() =>
    [network.predict(tf.tensor2d(rows, [rows.length / 2, 2]))].flat()[0].dataSync<'float32'>(),
  );
  network.dispose();
  return output;
}

function expectClose(actual: ArrayLike<number>, wanted: Float32Array): void {
  expect(actual.length).toBe(wanted.length);
  for (let i = 0; i < wanted.length; i++) expect(actual[i]).toBeCloseTo(wanted[i], 5);
}

describe('show', () => {
  it('shows state, settings, numbers with protocol, checkpoints and files', async () => {
    const { code, stdout } = await run(['show', 'a']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^a: gaussian-grid, seed 0\nstate +completed\nsteps +2 of 2\n/);
    expect(stdout).toMatch(/^Numbers at step 2 \(the end\)$/m);
    expect(stdout).toMatch(/^modes-covered +\d+ +.*modes 25/m);
    expect(stdout).toMatch(/^architecture.hiddenUnits +\[8,8\]$/m);
    expect(stdout).toMatch(/^checkpoints\/step-0000002\.safetensors +[\d,]+$/m);
    expect(stdout).toMatch(/^report\.html +[\d,]+$/m);
    // Two pictures, the points of both, and the plane they lie in.
    expect(stdout).toMatch(/^samples\/ \(5 files\) +[\d,]+$/m);
    const whole = JSON.parse((await run(['show', 'a', '--json'])).stdout) as {
      record: unknown;
      events: unknown[];
    };
    expect(whole.record).toMatchObject({ preset: 'gaussian-grid' });
    expect(whole.events).toHaveLength(4);
  });

  it('shows what there is of a record that says nothing of its machine', async () => {
    mkdirSync(join(folder, 'bare'));
    const whole = JSON.parse(readFileSync(join(folder, 'a/run.json'), 'utf8')) as object;
    const bare = {
      ...whole,
      machine: undefined,
      gitCommit: undefined,
      startedAt: undefined,
      versions: undefined,
    };
    writeFileSync(join(folder, 'bare/run.json'), JSON.stringify(bare));
    const { code, stdout, stderr } = await run(['show', 'bare']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^bare: gaussian-grid, seed 0\nstate +crashed\nsteps +0 of 2\n/);
    expect(stdout).not.toContain('undefined');
  });

  it('shows a checkpoint', async () => {
    const { code, stdout } = await run(['show', 'a/checkpoints/step-0000001.safetensors']);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^a\/checkpoints\/step-0000001\.safetensors: step 1, after .*, seed 0, on eager cpu\n/,
    );
    expect(stdout).toMatch(/^weights\/generator\/0 +\[2, 8\]$/m);
  });

  it.each([
    ['nothing', 'none', /is no folder of a run/],
    ['a file', 'file', /is no folder of a run/],
    ['an empty folder', 'empty', /is no folder of a run/],
    ['a checkpoint that is none', 'a/checkpoints/cut.safetensors', /cut\.safetensors: is damaged/],
  ])('refuses %s', async (_, path, message) => {
    writeFileSync(join(folder, 'file'), '');
    mkdirSync(join(folder, 'empty'), { recursive: true });
    const whole = readFileSync(join(folder, 'a/checkpoints/step-0000001.safetensors'));
    writeFileSync(join(folder, 'a/checkpoints/cut.safetensors'), whole.subarray(0, -1));
    const { code, stderr } = await run(['show', path]);
    rmSync(join(folder, 'a/checkpoints/cut.safetensors'));
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
    expect(stderr.split('\n')).toHaveLength(2);
  });
});

describe('compare', () => {
  it('shows settings that differ, numbers and curves', async () => {
    const { code, stdout } = await run(['compare', 'a', 'b']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^setting +a +b$/m);
    expect(stdout).toMatch(/^method\.id +dist-gan +wgan-gp$/m);
    expect(stdout).toMatch(/^seed +0 +3$/m);
    expect(stdout).not.toMatch(/^batchSize/m);
    expect(stdout).toMatch(/^modes-covered by step\nstep +a +b\n-.*\n +1 +\d+ +\d+\n +2 +\d+ +\d+$/m);
    expect(stdout).not.toContain('(!)');
  });

  it('says that numbers of different protocols cannot be compared', async () => {
    const { stdout } = await run(['compare', 'a', 'c']);
    expect(stdout).toMatch(/^evaluation\.samples +100 +120$/m);
    const json = JSON.parse((await run(['compare', 'a', 'c', '--json'])).stdout) as {
      settings: { key: string; values: string[] }[];
      metrics: { id: string; sameProtocol: boolean; last: { value: number }[] }[];
    };
    expect(json.settings).toEqual([{ key: 'evaluation.samples', values: ['100', '120'] }]);
    expect(json.metrics).not.toEqual([]);
    for (const { id, sameProtocol } of json.metrics) {
      expect(sameProtocol).toBe(false);
      expect(stdout).toContain(`${id} (!) was measured by different protocols`);
    }
    expect(stdout).toMatch(/^ {2}a: .*samples\.generated 100$/m);
    expect(stdout).toMatch(/^ {2}b: .*samples\.generated 120$/m);
  });

  it('leaves out of a curve what was measured otherwise before the run went on', async () => {
    cpSync(join(folder, 'c'), join(folder, 'd'), { recursive: true });
    const more = ['--reporter=quiet', '--steps=3', '--set=evaluation.samples=100'];
    expect((await run(['resume', 'd', ...more])).code).toBe(0);
    const { metrics } = JSON.parse((await run(['compare', 'a', 'd', '--json'])).stdout) as {
      metrics: { sameProtocol: boolean; curves: [step: number, value: number][][] }[];
    };
    expect(metrics).not.toEqual([]);
    for (const { sameProtocol, curves } of metrics) {
      expect(sameProtocol).toBe(true);
      expect(curves.map((curve) => curve.map(([step]) => step))).toEqual([[1, 2], [3]]);
    }
  });

  it('refuses one run alone', async () => {
    const { code, stderr } = await run(['compare', 'a']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/compare needs two runs or more/);
  });
});

describe('interpolate', () => {
  it('goes in straight lines between uniform latents, through the generator', async () => {
    expect(await run(['interpolate', 'a', '--seed=4', '--out=way.npz'])).toMatchObject({
      code: 0,
      stdout: '64 samples between latents in way.npz\n',
    });
    const arrays = await arraysOf('way.npz');
    const latents = Float32Array.from(arrays.get('latents')!.data as ArrayLike<number>);
    for (let row = 0; row < 8; row++) {
      for (let i = 0; i < 2; i++) {
        const at = (column: number) => latents[(row * 8 + column) * 2 + i];
        for (let column = 0; column < 8; column++) {
          expect(at(column)).toBeCloseTo(at(0) + (column / 7) * (at(7) - at(0)), 5);
        }
      }
    }
    expectClose(arrays.get('samples')!.data, applied('generator', latents));
  });

  it('says that points are no images', async () => {
    const { code, stderr } = await run(['interpolate', 'a', '--out=way.png']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/way\.png: samples of shape \[2\] are no images; write them into an \.npz file/);
    expect(existsSync(join(folder, 'way.png'))).toBe(false);
  });
});

describe('reconstruct', () => {
  it('sends samples of the data through encoder and generator', async () => {
    expect(await run(['reconstruct', 'a', '--count=20', '--out=both.npz'])).toMatchObject({
      code: 0,
      stdout: '20 reconstructions in both.npz\n',
    });
    const arrays = await arraysOf('both.npz');
    const real = Float32Array.from(arrays.get('real')!.data as ArrayLike<number>);
    expect(arrays.get('real')!.shape).toEqual([20, 2]);
    expectClose(arrays.get('reconstructed')!.data, applied('generator', applied('encoder', real)));
  });

  it('leaves no encoder behind whose generator is missing', async () => {
    const store = new CheckpointStore(join(folder, 'a/checkpoints'));
    const whole = store.newest();
    const tensors = new Map([...whole.tensors].filter(([name]) => !name.startsWith('weights/generator/')));
    // Beside those of the run, which keeps two.
    const other = new CheckpointStore(join(folder, 'other'));
    renameSync(other.save({ ...whole, tensors }), join(store.folder, 'other.safetensors'));
    const { numTensors } = tf.memory();
    const { code, stderr } = await run(['reconstruct', 'a/checkpoints/other.safetensors']);
    rmSync(join(store.folder, 'other.safetensors'));
    expect(code).toBe(2);
    expect(stderr).toMatch(/the state of step 2 has no weights\/generator\/0/);
    expect(tf.memory().numTensors).toBe(numTensors);
  });

  it('says that a method has no encoder', async () => {
    const { code, stderr } = await run(['reconstruct', 'b']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/b is a run of wgan-gp, which has no encoder/);
  });
});

describe('--reporter', () => {
  it('tells several at once, and names what it does not know', async () => {
    const words = ['train', 'gaussian-grid', '--backend=cpu', '--steps=1'];
    const small = [
      '--set=architecture.hiddenUnits=[8,8]',
      '--set=batchSize=16',
      '--set=evaluation.samples=100',
    ];
    const { code, stdout, stderr } = await run([
      ...words,
      ...small,
      '--out=both',
      '--reporter=progress,jsonl,tensorboard',
    ]);
    expect(code).toBe(0);
    const events = stdout
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { event: string }).event);
    expect(events).toEqual(['start', 'step', 'evaluation', 'result']);
    expect(stderr).toMatch(/^step 1\/1 +100%/m);
    expect(existsSync(join(folder, 'both/tensorboard'))).toBe(true);
    const unknown = await run([...words, '--reporter=tensorbord']);
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toMatch(/unknown reporter "tensorbord"; did you mean tensorboard\?/);
    expect((await run([...words, '--json', '--reporter=jsonl'])).stderr).toMatch(/give one of the two/);
  });
});
