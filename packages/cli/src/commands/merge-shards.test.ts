import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RandomStream } from '@dist-gan/core';
import { writeNpy, writeZip } from '@dist-gan/datasets/files';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { main } from '../main.js';
import { recordedTerminal } from '../../test/recorded-terminal.js';

let folder = '';
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dist-gan-shards-'));
  for (const [seed, name, count] of [
    [1, 'real', 400],
    [2, 'generated', 301],
  ] as const) {
    const data = RandomStream.fromSeed(seed).uniform(8 * count, { low: 0, high: seed });
    const features = writeNpy({ shape: [count, 8], data });
    writeFileSync(join(folder, `${name}.npz`), await writeZip(new Map([['features.npy', features]])));
  }
});
afterEach(() => rmSync(folder, { recursive: true }));

async function run(...words: string[]) {
  const terminal = recordedTerminal({ workingDirectory: folder });
  return { code: await main(words, terminal), ...terminal.written };
}

async function distanceOf(generated: string): Promise<number> {
  const words = ['--against=real.npz', '--metrics=frechet-distance', '--json', '--no-cache'];
  const { code, stdout } = await run('evaluate', generated, ...words);
  expect(code).toBe(0);
  return (JSON.parse(stdout) as { results: [{ value: number }] }).results[0].value;
}

const shard = (text: string, out: string, ...words: string[]) =>
  run('evaluate', 'generated.npz', '--metrics=frechet-distance', `--shard=${text}`, `--out=${out}`, ...words);

describe('dist-gan evaluate --shard and merge-shards', () => {
  it('have the distance of the whole set', async () => {
    for (const k of [2, 0, 1])
      expect(await shard(`${k}/3`, `${k}.npz`)).toMatchObject({ code: 0, stderr: '' });
    const merged = await run('merge-shards', '2.npz', '0.npz', '1.npz', '--out=whole.npz');
    expect(merged).toMatchObject({ code: 0, stderr: '' });
    expect(merged.stdout).toBe(
      'whole.npz: mean and covariance of 301 samples of generated.npz, from 3 parts\n',
    );
    const [whole, parts] = [await distanceOf('generated.npz'), await distanceOf('whole.npz')];
    expect(whole).toBeGreaterThan(0.1);
    expect(Math.abs(whole - parts)).toBeLessThan(1e-10);
  });

  it('refuse what makes no whole', async () => {
    await shard('0/3', '0.npz');
    const refusals = [
      [
        shard('3/3', 'x.npz'),
        '--shard must be k/n with k from 0 to n - 1, for instance 0/8 to 7/8 (got 3/3)',
      ],
      [shard('0/2', 'x.npz', '--against=real.npz'), '--against is of whole sets'],
      [run('evaluate', 'generated.npz', '--shard=0/2'), '--shard writes a part of the set; say where'],
      [
        run('evaluate', 'generated.npz', '--shard=0/2', '--metrics=kid'),
        '--shard is for fid and frechet-distance',
      ],
      [run('merge-shards', '0.npz', '--out=y.npz'), 'of 3 parts 1, 2 are missing'],
      [run('merge-shards', '0.npz'), 'merge-shards needs the parts and a file to write'],
      [run('merge-shards', 'nowhere.npz', '--out=y.npz'), 'cannot be read'],
      [run('merge-shards', 'real.npz', '--out=y.npz'), 'real.npz is no part of a set'],
    ] as const;
    for (const [ran, message] of refusals) {
      const { code, stderr } = await ran;
      expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(message) as string });
    }
    expect(() => readFileSync(join(folder, 'y.npz'))).toThrow();
  });
});
