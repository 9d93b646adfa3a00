import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Preset } from '@dist-gan/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applyOverrides } from './apply-overrides.js';
import { mergeObjects, readAssignments, readConfigFile } from './index.js';
import { checkOverrides } from './overrides.js';

const preset: Preset = {
  id: 'tiny',
  title: '',
  description: '',
  source: { title: '', year: 2018 },
  method: { id: 'dist-gan', options: { learningRate: 1, beta1: 0.5 } },
  architecture: { id: 'mlp' },
  dataset: { id: 'gaussian-grid' },
  latents: { dimension: 2, distribution: 'uniform' },
  batchSize: 128,
  steps: 10,
  evaluation: { every: 5, samples: 100, metrics: [{ id: 'modes-covered' }] },
  published: [],
};

describe('readAssignments', () => {
  it('reads dotted keys, and JSON where a value is JSON', () => {
    const read = readAssignments([
      'method.reconstructedLabel=fake',
      'method.learningRate=1e-3',
      'batchSize=64',
      'architecture.hiddenUnits=[8,8]',
      'dataset.file=a=b',
      'dataset.normalise=false',
    ]);
    expect(JSON.parse(JSON.stringify(read))).toEqual({
      method: { reconstructedLabel: 'fake', learningRate: 0.001 },
      batchSize: 64,
      architecture: { hiddenUnits: [8, 8] },
      dataset: { file: 'a=b', normalise: false },
    });
  });

  it.each([['batchSize'], ['=3'], ['method..x=3'], ['.x=3']])('refuses %s', (word) => {
    expect(() => readAssignments([word])).toThrow(/needs key=value/);
  });

  it.each([
    [['steps=1', 'steps=2']],
    [['method=1', 'method.x=2']],
    [['method.x=2', 'method=1']],
    [['movingAverage=null', 'movingAverage.halfLife=5']],
  ])('refuses %j: a key set twice', (words) => {
    expect(() => readAssignments(words)).toThrow(/give each key once/);
  });

  it('takes __proto__ for a key like any other, which no preset has', () => {
    const read = readAssignments(['__proto__.polluted=1', 'constructor.prototype.polluted=1']);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
    expect(() => checkOverrides(read, 'tiny')).toThrow();
  });
});

describe('checkOverrides', () => {
  it.each([
    [{ batchSise: 3 }, /tiny\.batchSise is not an option; did you mean batchSize\?/],
    [{ batchSize: -64 }, /tiny\.batchSize: must be 1 or more \(got -64\)/],
    [{ batchSize: 'many' }, /tiny\.batchSize: must be a whole number \(got "many"\)/],
    [{ evaluation: { evry: 3 } }, /tiny\.evaluation\.evry is not an option; did you mean every\?/],
    [{ latents: { distribution: 'cauchy' } }, /must be uniform or normal/],
    [{ method: 'gan' }, /tiny\.method: must be an object/],
    [{ evaluation: { metrics: 'fid' } }, /must be a list of metrics/],
  ])('refuses %j', (given, message) => {
    expect(() => checkOverrides(given, 'tiny')).toThrow(message);
  });
});

describe('applyOverrides', () => {
  it('changes what is named and keeps the rest', () => {
    const changed = applyOverrides(preset, {
      method: { learningRate: 2 },
      latents: { dimension: 3 },
      evaluation: { samples: 7 },
    });
    expect(changed).toEqual({
      ...preset,
      method: { id: 'dist-gan', options: { learningRate: 2, beta1: 0.5 } },
      architecture: { id: 'mlp' },
      latents: { dimension: 3, distribution: 'uniform' },
      evaluation: { ...preset.evaluation, samples: 7 },
    });
  });

  it('changes one option of an option, and takes one of another kind as a whole', () => {
    const method = {
      id: 'gn-gan',
      options: {
        neighbourEmbedding: { weight: 0.1, space: 'samples' },
        learningRateSchedule: { id: 'staircase', factor: 0.9 },
      },
    };
    const change = (changes: object) =>
      applyOverrides({ ...preset, method }, { method: { ...changes } }).method.options;
    expect(change({ neighbourEmbedding: { weight: 2 } })).toEqual({
      ...method.options,
      neighbourEmbedding: { weight: 2, space: 'samples' },
    });
    expect(change({ learningRateSchedule: { factor: 0.5 } })).toMatchObject({
      learningRateSchedule: { id: 'staircase', factor: 0.5 },
    });
    expect(change({ learningRateSchedule: { id: 'linear', ceiling: 0.5 } })?.learningRateSchedule).toEqual({
      id: 'linear',
      ceiling: 0.5,
    });
  });

  it('gives another method none of the options of the one before', () => {
    const changed = applyOverrides(preset, { method: { id: 'gan', beta1: 0.9 } });
    expect(changed.method).toEqual({ id: 'gan', options: { beta1: 0.9 } });
  });

  it('takes metrics as a whole', () => {
    const changed = applyOverrides(preset, { evaluation: { metrics: [{ id: 'entropy', base: 2 }] } });
    expect(changed.evaluation.metrics).toEqual([{ id: 'entropy', options: { base: 2 } }]);
  });

  it('takes augmentations, which a preset need not have', () => {
    const changed = applyOverrides(preset, { augmentations: [{ id: 'diff-augment', cutout: false }] });
    expect(changed.augmentations).toEqual([{ id: 'diff-augment', options: { cutout: false } }]);
    expect(applyOverrides(changed, {}).augmentations).toEqual(changed.augmentations);
    expect(applyOverrides(preset, {})).not.toHaveProperty('augmentations');
  });
});

describe('applyOverrides of the moving average', () => {
  const averaged: Preset = { ...preset, movingAverage: { halfLife: 500, rampUp: null } };

  it('takes one, changes one and takes one away', () => {
    expect(applyOverrides(preset, { movingAverage: { halfLife: 9 } }).movingAverage).toEqual({ halfLife: 9 });
    expect(applyOverrides(averaged, { movingAverage: { halfLife: 9 } }).movingAverage).toEqual({
      halfLife: 9,
      rampUp: null,
    });
    expect(applyOverrides(averaged, {}).movingAverage).toEqual(averaged.movingAverage);
    expect(applyOverrides(averaged, { movingAverage: null })).not.toHaveProperty('movingAverage');
  });

  it('asks for a half-life', () => {
    expect(() => applyOverrides(preset, { movingAverage: { rampUp: 0.1 } })).toThrow(
      'tiny.movingAverage.halfLife: is missing; give a number of samples',
    );
  });
});

describe('mergeObjects', () => {
  it('merges objects and replaces everything else by the later', () => {
    const merged = mergeObjects({ a: { x: 1, y: 2 }, b: [1, 2], c: 1 }, { a: { y: 3 }, b: [3] });
    expect({ ...merged, a: { ...(merged.a as object) } }).toEqual({ a: { x: 1, y: 3 }, b: [3], c: 1 });
  });

  it('replaces an item by another, and names one that had no name', () => {
    const left = { method: { id: 'gan', saturating: true }, dataset: { seed: 1 } };
    const right = { method: { id: 'wgan' }, dataset: { id: 'mnist' } };
    expect(mergeObjects(left, right)).toEqual({
      method: { id: 'wgan' },
      dataset: { id: 'mnist', seed: 1 },
    });
  });
});

describe('readConfigFile', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'dist-gan-config-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const file = (content: string) => {
    const path = join(folder, 'config.json');
    writeFileSync(path, content);
    return path;
  };

  it('reads an object', () => {
    expect(readConfigFile(file('{"batchSize": 3}'))).toEqual({ changes: { batchSize: 3 } });
    expect(readConfigFile(file('{"preset": "tiny", "seed": 4, "batchSize": 3}'))).toEqual({
      preset: 'tiny',
      seed: 4,
      changes: { batchSize: 3 },
    });
  });

  it('reads over a byte order mark', () => {
    expect(readConfigFile(file('\uFEFF{"seed": 1}'))).toEqual({ seed: 1, changes: {} });
  });

  it('takes preset, seed and options of a run.json, and nothing else of it', () => {
    const record =
      '{"preset": "tiny", "seed": 4, "options": {"steps": 3}, "executor": "eager", "versions": {}}';
    expect(readConfigFile(file(record))).toEqual({ preset: 'tiny', seed: 4, changes: { steps: 3 } });
  });

  it('refuses what is not there, not JSON or not an object', () => {
    expect(() => readConfigFile(join(folder, 'none.json'))).toThrow(/cannot be read/);
    expect(() => readConfigFile(file('{"batchSize": '))).toThrow(/is not JSON/);
    expect(() => readConfigFile(file('[1]'))).toThrow(/must hold an object/);
  });

  it.each([
    ['{"preset": 3}', /preset must be the id of a preset \(got 3\)/],
    ['{"seed": -1}', /seed must be a whole number of 0 or more \(got -1\)/],
    ['{"seed": "4"}', /seed must be a whole number of 0 or more \(got "4"\)/],
  ])('refuses %s', (content, message) => {
    expect(() => readConfigFile(file(content))).toThrow(message);
  });
});
