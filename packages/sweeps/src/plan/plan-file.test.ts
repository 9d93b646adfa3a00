import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatasetFormatError } from '@dist-gan/core';
import { afterAll, describe, expect, it } from 'vitest';
import { resolveSweep } from '../definition/sweep-definition.js';
import { planFile, planToJson, readPlan } from './plan-file.js';
import { planSweep } from './plan.js';

const folder = mkdtempSync(join(tmpdir(), 'dist-gan-plan-'));
afterAll(() => rmSync(folder, { recursive: true }));

const plan = await planSweep(
  resolveSweep({
    presets: ['grid'],
    methods: ['gan', { label: 'other', id: 'dist-gan', set: { 'method.margin': 2 } }],
    set: { batchSize: { values: [8, 16] } },
    seeds: 2,
    budget: { seconds: 3 },
  }),
  {
    resolve: ({ preset, method = '' }, changes) =>
      Promise.resolve({ preset, options: { method, ...changes, infinite: Infinity } }),
    engine: { target: 'onnx', threads: 1 },
    versions: { 'dist-gan': '1.0.0' },
  },
);

/** What is read of a file with this content. */
function reading(content: string) {
  writeFileSync(join(folder, planFile), content);
  return readPlan(folder);
}

describe('a plan in the folder of a sweep', () => {
  it('is read as it was written, each run with the row that it belongs to', () => {
    const read = reading(planToJson(plan))!;
    expect(read).toEqual(plan);
    for (const { setting } of read.runs) expect(read.settings).toContain(setting);
  });

  it('may say more than this version knows', () => {
    const more = { ...(JSON.parse(planToJson(plan)) as object), later: 1 };
    expect(reading(JSON.stringify(more))!.seeds).toEqual([1, 2]);
  });

  it('is undefined where none was written', () => {
    rmSync(join(folder, planFile), { force: true });
    expect(readPlan(folder)).toBeUndefined();
  });

  interface Written {
    definition: { presets: unknown; keep: unknown };
    settings: { label?: unknown }[];
    runs: { name: unknown; setting: unknown; spec: Record<string, unknown> }[];
  }

  it.each<[string, (written: Written) => unknown]>([
    ['must be an object (got null)', () => null],
    ['definition is missing', ({ definition: _, ...rest }) => rest],
    [
      'definition.keep: must be all, generators or numbers (got "some")',
      (w) => void (w.definition.keep = 'some'),
    ],
    ['settings.1.label is missing', (w) => void delete w.settings[1].label],
    ['runs.2.spec.seed: must be 0 or more (got -1)', (w) => void (w.runs[2].spec.seed = -1)],
    ['runs.0.name: must be a folder of the sweep (got "../x")', (w) => void (w.runs[0].name = '../x')],
    ['runs.0.name: must be a folder of the sweep (got "/x")', (w) => void (w.runs[0].name = '/x')],
    ['runs.0.name: must be a folder of the sweep (got "")', (w) => void (w.runs[0].name = '')],
    ['runs.0.name: must be a folder of the sweep (got "./.")', (w) => void (w.runs[0].name = './.')],
    ['runs.3.setting: must be a place in settings, which has 4 (got 4)', (w) => void (w.runs[3].setting = 4)],
  ])('is refused where %s', (wrong, damage) => {
    const written = JSON.parse(planToJson(plan)) as Written;
    const damaged = damage(written);
    const read = () => reading(JSON.stringify(damaged === undefined ? written : damaged));
    expect(read).toThrow(DatasetFormatError);
    expect(read).toThrow(
      `${join(folder, planFile)} is no plan of a sweep: ${wrong}; start dist-gan sweep there again`,
    );
  });

  it('is refused where it was cut', () => {
    expect(() => reading(planToJson(plan).slice(0, 40))).toThrow(/plan\.json is no plan of a sweep: .*JSON/);
  });
});
