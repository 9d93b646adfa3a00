/** Two processes that choose one folder at the same moment. */
import { linkSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mlp } from '@dist-gan/architectures';
import { gaussianGrid } from '@dist-gan/datasets';
import { gan } from '@dist-gan/methods';
import { fit } from '@dist-gan/trainer';
import { afterEach, expect, it, vi } from 'vitest';
import { newRun } from './run.js';

vi.mock(import('node:fs'), { spy: true });

const base = mkdtempSync(join(tmpdir(), 'dist-gan-same-moment-'));
afterEach(() => {
  rmSync(base, { recursive: true });
  vi.restoreAllMocks();
});

it('leaves the folder as it is to the one that was faster', async () => {
  const folder = join(base, 'run');
  const others = { process: 2, host: 'elsewhere', started: null };
  const line = '{"event":"step"}\n';
  vi.mocked(linkSync).mockImplementationOnce(() => {
    writeFileSync(join(folder, '.lock'), JSON.stringify(others));
    writeFileSync(join(folder, 'metrics.jsonl'), line);
    throw Object.assign(new Error('it is there'), { code: 'EEXIST' });
  });
  const run = newRun({ path: folder, numbered: false });
  const training = fit({
    method: gan(),
    architecture: mlp({ hiddenUnits: [4] }),
    dataset: gaussianGrid({ pointsPerMode: 4 }),
    latents: { dimension: 2, distribution: 'uniform' },
    batchSize: 8,
    steps: 1,
    seed: 5,
    executor: 'eager',
    run,
  });
  await expect(training).rejects.toThrow(/is being written by process 2 on elsewhere/);
  expect(run.hasFiles).toBe(false);
  expect(readdirSync(folder).sort()).toEqual(['.lock', 'metrics.jsonl']);
  expect(readFileSync(join(folder, 'metrics.jsonl'), 'utf8')).toBe(line);
});
