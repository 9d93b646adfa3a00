import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { RunReader } from './index.js';

const record = {
  preset: 'tiny',
  seed: 3,
  options: { steps: 2000 },
  samples: { shape: [8, 8, 1], range: [0, 1] },
};

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dist-gan-run-reader-'));
  writeFileSync(join(folder, 'run.json'), JSON.stringify(record));
});
afterEach(() => rmSync(folder, { recursive: true }));

function logSteps(last: number) {
  const lines = Array.from({ length: last }, (_, i) => {
    const losses = { 'generator/total': i / 7, 'discriminator/total': i / 11, 'discriminator/real': i / 13 };
    return JSON.stringify({
      event: 'step',
      step: i + 1,
      losses,
      learningRates: {},
      seconds: i,
      memoryBytes: 1,
    });
  });
  writeFileSync(join(folder, 'metrics.jsonl'), lines.join('\n'));
}

it('keeps no logs of runs that are only listed', () => {
  logSteps(1000);
  setFlagsFromString('--expose-gc');
  const used = () => {
    (runInNewContext('gc') as () => void)();
    return process.memoryUsage().heapUsed;
  };
  const readers = Array.from({ length: 10 }, () => new RunReader(folder));
  const before = used();
  for (const reader of readers) expect(reader.summary().step).toBe(1000);
  // Of one log that is read; there are ten.
  expect(used() - before).toBeLessThan(1e6);
  expect(readers[0].summary().step).toBe(1000);
});

it.each(['listed', 'looked at'])('reads a run that has gone on again, where it was %s', (how) => {
  logSteps(1);
  const run = new RunReader(folder);
  if (how === 'looked at') run.view();
  const { version } = run.summary();
  expect(run.summary().version).toBe(version);
  logSteps(2);
  expect(run.summary()).toMatchObject({ step: 2 });
  expect(run.summary().version).not.toBe(version);
  expect(run.view()).toMatchObject({ step: 2 });
});

it('lists a run with a file in the place of a folder', () => {
  logSteps(1);
  for (const name of ['generator', 'samples']) writeFileSync(join(folder, name), '');
  expect(new RunReader(folder).summary()).toMatchObject({ state: 'crashed', step: 1 });
});

it('shows the newest picture of each folder, by a title of its own or by what the folder is called', () => {
  logSteps(20);
  for (const kind of ['checkpoints', 'latent-square', 'reconstructions', 'samples'])
    mkdirSync(join(folder, kind));
  const files = [
    'latent-square/step-0000010.png',
    'latent-square/step-0000020.png',
    'samples/step-0000020.png',
  ];
  for (const file of ['reconstructions/step-0000010.png', 'checkpoints/step-0000020.safetensors', ...files])
    writeFileSync(join(folder, file), file);
  const run = new RunReader(folder);
  expect(run.view().pictures).toEqual([
    { id: 'reconstructions', title: 'Reconstructions', step: 10 },
    { id: 'latent-square', title: 'Latent square', step: 20 },
  ]);
  expect(new TextDecoder().decode(run.picture('latent-square'))).toBe('latent-square/step-0000020.png');
  const { version } = run.summary();
  mkdirSync(join(folder, 'later'));
  expect(run.summary().version).not.toBe(version);
});

it('says how each number was measured, and of which data', () => {
  writeFileSync(
    join(folder, 'run.json'),
    JSON.stringify({ ...record, options: { steps: 9, dataset: { id: 'mnist', options: {} } } }),
  );
  const result = (k: number) => ({
    id: 'kid',
    value: k,
    protocol: { k },
    samples: { real: 9 },
    warnings: [],
  });
  const evaluation = {
    event: 'evaluation',
    step: 1,
    metrics: [result(1), result(2)],
    seconds: 1,
    memoryBytes: 1,
  };
  writeFileSync(join(folder, 'metrics.jsonl'), JSON.stringify(evaluation));
  expect(new RunReader(folder).summary().protocols).toEqual({
    kid: { data: 'mnist', k: 1, samples: { real: 9 } },
    'kid [2]': { data: 'mnist', k: 2, samples: { real: 9 } },
  });
});
