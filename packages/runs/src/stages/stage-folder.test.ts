import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StoredStage } from '@dist-gan/trainer';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stageFolder } from './stage-folder.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dist-gan-stages-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const stage: StoredStage = {
  complete: false,
  seconds: 1.5,
  options: { steps: 3, rate: Infinity },
  tensors: {
    'weights/generator/0': { shape: [2, 1], data: Float32Array.of(0.1, -2) },
    heights: { shape: [3], data: Float64Array.of(1 / 3, 0, -1e300) },
  },
};

describe('stageFolder', () => {
  it('gives back what was written, and has nothing else', async () => {
    const store = stageFolder(join(folder, 'stages'));
    expect(await store.read('first')).toBeUndefined();
    await store.write('first', stage);
    expect(await store.read('first')).toEqual(stage);
    await store.write('first', { ...stage, complete: true, seconds: 2 });
    expect(await store.read('first')).toEqual({ ...stage, complete: true, seconds: 2 });
    expect(readdirSync(join(folder, 'stages'))).toEqual(['first.safetensors']);
  });

  it('names a file that is cut, or no stage', async () => {
    const store = stageFolder(folder);
    await store.write('first', stage);
    const file = join(folder, 'first.safetensors');
    const whole = readFileSync(file);
    for (const length of [0, 7, 60, whole.length - 1]) {
      writeFileSync(file, whole.subarray(0, length));
      await expect(store.read('first')).rejects.toMatchObject({
        code: 'CHECKPOINT_INVALID',
        message: expect.stringContaining('first.safetensors is no stage of a recipe, or damaged') as string,
      });
    }
  });
});
