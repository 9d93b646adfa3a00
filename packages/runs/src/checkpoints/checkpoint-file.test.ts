import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CheckpointError, isGanError } from '@dist-gan/core';
import { decodeCheckpoint, encodeCheckpoint, type Checkpoint } from './checkpoint-file.js';
import { CheckpointStore } from './checkpoint-store.js';

const checkpoint = (step: number): Checkpoint => ({
  step,
  seconds: step / 8,
  history: {
    evaluations: [
      { step: 1, metrics: { fid: NaN, 'modes-covered': 24 }, measurements: { 'weight-norm/generator': 0.1 } },
    ],
    interventions: [{ step: 2, guard: 'metric-fall-fid', action: 'restored', reason: 'x', restoredStep: 1 }],
  },
  tensors: new Map([
    ['weights/generator/0', { shape: [2, 3], data: Float32Array.of(1, -2, 3e-39, NaN, Infinity, step) }],
    ['weights/generator/1', { shape: [], data: Int32Array.of(-7) }],
    ['slots/empty', { shape: [0], data: new Float32Array(0) }],
  ]),
  record: {
    options: { steps: 10, list: [1, 'NaN'] },
    seed: 2 ** 52 + 1,
    versions: { node: '20' },
    engine: 'x',
  },
});

const bytes = encodeCheckpoint(checkpoint(3));

describe('a checkpoint', () => {
  it('comes back as it was', () => {
    const read = decodeCheckpoint(bytes, 'file');
    const { tensors, ...rest } = checkpoint(3);
    expect(read).toMatchObject(rest);
    expect(new Set(read.tensors.keys())).toEqual(new Set(tensors.keys()));
    for (const [name, { shape, data }] of tensors) {
      expect(read.tensors.get(name)).toMatchObject({ shape, data });
    }
  });

  it('cut at any byte is refused, never half-read', () => {
    for (let length = 0; length < bytes.length; length++) {
      expect(() => decodeCheckpoint(bytes.slice(0, length), 'file')).toThrow(CheckpointError);
    }
  });

  it('with any bits flipped is refused', () => {
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, flips) => {
        const damaged = bytes.slice();
        damaged[at] ^= flips;
        expect(() => decodeCheckpoint(damaged, 'file')).toThrow(CheckpointError);
      }),
      { numRuns: 500 },
    );
  });

  it('is none where bytes are of something else, or follow', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (noise) => {
        expect(() => decodeCheckpoint(noise, 'file')).toThrow(CheckpointError);
      }),
    );
    expect(() => decodeCheckpoint(new Uint8Array([...bytes, 0]), 'file')).toThrow(/does? not fit|do not fit/);
  });
});

describe('CheckpointStore', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dist-gan-checkpoints-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('keeps the newest and the best, and leaves nothing else', () => {
    const store = new CheckpointStore(folder, 2);
    const paths = [1, 2, 3].map((step) => store.save(checkpoint(step)));
    store.markBest(paths[1], 'registered-points');
    store.save(checkpoint(4));
    store.save(checkpoint(5));
    expect(readdirSync(folder).sort()).toEqual([
      'best-registered-points.safetensors',
      'step-0000004.safetensors',
      'step-0000005.safetensors',
    ]);
    expect(store.read('best-registered-points.safetensors').step).toBe(2);
    expect(store.newest().step).toBe(5);
    store.markBest(join(folder, 'step-0000005.safetensors'), 'registered-points');
    store.markBest(join(folder, 'step-0000005.safetensors'), 'registered-points');
    expect(store.read('best-registered-points.safetensors').step).toBe(5);
    expect(readdirSync(folder)).toHaveLength(3);
    store.removeAfter(4);
    expect(store.names()).toEqual(['step-0000004.safetensors']);
  });

  it('goes back to the one before where the newest is damaged, and says so', () => {
    const store = new CheckpointStore(folder, 2);
    store.save(checkpoint(1));
    const newest = store.save(checkpoint(2));
    writeFileSync(newest, readFileSync(newest).subarray(0, 200));
    const damaged: string[] = [];
    expect(store.newest((error) => damaged.push(error.path)).step).toBe(1);
    expect(damaged).toEqual([newest]);
    rmSync(join(folder, 'step-0000001.safetensors'));
    expect(() => store.newest()).toThrow(/none of the 1 checkpoints can be read; train again/);
  });

  it('goes on from the best alone when it is told to, and says how', () => {
    const store = new CheckpointStore(folder, 2);
    const steps = [1, 2].map((step) => store.save(checkpoint(step)));
    store.markBest(steps[0], 'fid');
    for (const path of steps) rmSync(path);
    writeFileSync(join(folder, 'best-broken.safetensors'), 'nothing');
    let message = '';
    try {
      store.newest();
    } catch (error) {
      ({ message } = error as Error);
    }
    const told =
      /holds no checkpoint of a step; best-fid\.safetensors, of step 1, is whole and can be named itself; cp (\S+) (\S+) has the run go on from there$/;
    const [, from, to] = told.exec(message) ?? [];
    cpSync(from, to);
    expect(store.newest().step).toBe(1);
    writeFileSync(to, 'damaged');
    expect(() => store.newest()).toThrow(
      /none of the 1 checkpoints can be read; best-fid\.safetensors, of step 1/,
    );
  });

  it('sorts steps by number, also beyond seven digits', () => {
    const store = new CheckpointStore(folder, 3);
    for (const step of [9_999_999, 10_000_000, 2]) store.save(checkpoint(step));
    expect(store.newest().step).toBe(10_000_000);
  });

  it('finds nothing where there is no folder yet', () => {
    const store = new CheckpointStore(join(folder, 'checkpoints'));
    expect(store.find(1)).toBeUndefined();
    expect(store.names()).toEqual([]);
  });

  it('names what is intact when it cannot write', () => {
    const path = join(folder, 'file');
    writeFileSync(path, '');
    const attempt = () => new CheckpointStore(join(path, 'checkpoints')).save(checkpoint(1));
    expect(attempt).toThrow(/no checkpoint can be written into .*make room, or choose another folder/);
    try {
      attempt();
    } catch (error) {
      expect(isGanError(error, 'OUTPUT_UNWRITABLE')).toBe(true);
    }
  });
});
