import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CheckpointStore, encodeCheckpoint } from '@dist-gan/runs';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunRecord } from '@dist-gan/runs';
import { main } from '../main.js';
import { recordedTerminal } from '../../test/recorded-terminal.js';

let folder = '';
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dist-gan-pictures-'));
  const pictures = join(folder, 'pictures');
  mkdirSync(pictures);
  for (let i = 0; i < 20; i++) {
    const background = { r: 10 * i, g: 255 - 10 * i, b: 128 };
    const picture = sharp({ create: { width: 24, height: 16, channels: 3, background } });
    await picture.jpeg().toFile(join(pictures, `${i}.jpg`));
  }
  writeFileSync(join(pictures, 'broken.jpg'), 'no picture');
});
afterEach(() => rmSync(folder, { recursive: true }));

function wordsFor(out: string): string[] {
  return [
    'train',
    'mnist-mlp',
    '--set=dataset.id=image-folder',
    `--set=dataset.folder=${join(folder, 'pictures')}`,
    '--set=dataset.size=8',
    '--set=architecture.hiddenUnits=[8]',
    '--set=evaluation.samples=16',
    '--set=batchSize=4',
    '--steps=7',
    '--backend=cpu',
    '--executor=eager',
    `--out=${out}`,
  ];
}

/** Trains on the pictures; the losses of every step, and what was printed. */
async function train(out: string, ...words: string[]) {
  const terminal = recordedTerminal({ workingDirectory: folder });
  const code = await main([...wordsFor(out), ...words], terminal);
  const losses = readFileSync(join(folder, out, 'metrics.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => (JSON.parse(line) as { losses?: unknown }).losses)
    .filter((value) => value !== undefined);
  return { code, losses, ...terminal.written };
}

describe('dist-gan train on a folder of pictures', () => {
  it('takes one command, and tells of pictures that it cannot use', async () => {
    const { code, stdout, stderr, losses } = await train('run');
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(losses.length).toBe(7);
    expect(stdout).toMatch(/1 of 21 pictures cannot be used and are left out: .*broken\.jpg/);
    const { options } = JSON.parse(readFileSync(join(folder, 'run', 'run.json'), 'utf8')) as RunRecord;
    expect(options.dataset).toMatchObject({ id: 'image-folder', size: 8, channels: 3, resize: 'cover' });
  });

  it('goes on to the bytes of a run that was not interrupted, with pictures that threads decode as they are needed', async () => {
    // Shuffled anew after 20 of them: the interruption is within an epoch.
    const streamed = [
      '--set=dataset.memoryMegabytes=0',
      '--set=dataset.workers=2',
      '--set=augmentations=[{"id":"diff-augment"}]',
    ];
    const bytesOf = (out: string) => {
      const checkpoint = new CheckpointStore(join(folder, out, 'checkpoints')).newest();
      return Buffer.from(encodeCheckpoint({ ...checkpoint, seconds: 0 }));
    };
    await train('whole', ...streamed);
    const terminal = recordedTerminal({
      workingDirectory: folder,
      onOutput: (text) => {
        if (text.startsWith('{"event":"step","step":3,')) terminal.interrupt();
      },
    });
    expect(await main([...wordsFor('parts'), ...streamed, '--json'], terminal)).toBe(130);
    expect(new CheckpointStore(join(folder, 'parts/checkpoints')).newest().step).toBe(3);
    const resumed = recordedTerminal({ workingDirectory: folder });
    expect(await main(['resume', 'parts'], resumed)).toBe(0);
    expect(bytesOf('parts').equals(bytesOf('whole'))).toBe(true);
  });

  it('gives the same losses whatever the number of threads that decode', async () => {
    const [one, three] = [
      await train('one', '--set=dataset.memoryMegabytes=0', '--set=dataset.workers=1'),
      await train('three', '--set=dataset.memoryMegabytes=0', '--set=dataset.workers=3'),
    ];
    expect(one.code).toBe(0);
    expect(three.losses).toEqual(one.losses);
  });
});
