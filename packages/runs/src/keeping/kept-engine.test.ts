import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mlp } from '@dist-gan/architectures';
import { gaussianGrid } from '@dist-gan/datasets';
import { gan } from '@dist-gan/methods';
import { fit, type FitOptions } from '@dist-gan/trainer';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readRun } from '../folder/read-run.js';
import { openRun, type RunOptions } from './run.js';

let base = '';
let folder = '';
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'dist-gan-kept-engine-'));
  folder = join(base, 'run');
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(base, { recursive: true });
});

async function train(changes: Partial<FitOptions>, run: RunOptions = {}) {
  const trained = await fit({
    method: gan(),
    architecture: mlp({ hiddenUnits: [4] }),
    dataset: gaussianGrid({ pointsPerMode: 4 }),
    latents: { dimension: 2, distribution: 'uniform' },
    batchSize: 8,
    steps: 2,
    seed: 5,
    run: openRun(folder, run),
    ...changes,
  });
  await trained.dispose();
  return trained.engine;
}

const engineOfCheckpoint = () => readRun(folder).record.engine;

describe('the engine of a run that is kept', () => {
  it('goes on with it, whatever the default is by now', async () => {
    const first = await train({});
    expect(first?.target).toBe('onnx');
    // Would fail where TensorFlow is missing, and take it where it is there.
    vi.stubEnv('DIST_GAN_TARGET', 'tensorflow');
    expect(await train({ steps: 4 })).toEqual(first);
    expect(engineOfCheckpoint()).toBe(first?.engine);
  });

  it('is not replaced by another that the options name', async () => {
    await train({ executor: 'eager' });
    await expect(train({ steps: 4, compiler: { target: 'onnx' } })).rejects.toThrow(
      /the steps before 2 ran on eager cpu, these would run on compiled onnx cpu ONNX Runtime [\d.]+, which rounds otherwise/,
    );
    expect(readRun(folder).record.executor).toBe('eager');
    await train({ steps: 4, executor: 'eager' });
  });

  it('may be another where that is said, and tells of it', async () => {
    await train({ executor: 'eager' });
    const notices: string[] = [];
    const reporter = { id: 'test', notice: (text: string) => void notices.push(text) };
    await train({ steps: 4 }, { changed: ['engine'], reporters: [reporter] });
    expect(notices).toEqual([
      expect.stringMatching(/ran on eager cpu, these run on compiled onnx.* not, to the bit/),
    ]);
    expect(readRun(folder).result?.steps).toBe(4);
  });
});
