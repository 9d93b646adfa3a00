import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isGanError } from '@dist-gan/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dataFolder } from '../environment.js';
import { gaussianGrid } from './gaussian-grid.js';
import { gaussianPlus } from './gaussian-plus.js';
import { gaussianSine } from './gaussian-sine.js';
import type { MixtureDataset } from './mixture.js';

let folder: string;
const file = (content: string): string => {
  const path = join(folder, `points-${content.length}.txt`);
  writeFileSync(path, content);
  return path;
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dist-gan-points-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What a call throws. */
function thrownBy(call: () => unknown): {
  code?: string;
  message: string;
  byteOffset?: number;
  path?: string;
} {
  try {
    call();
  } catch (error) {
    if (isGanError(error)) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('points from a file', () => {
  it('reads every way in which numpy prints a pair', () => {
    const rows = [
      '[ 2.02096576 -3.98162489]',
      '[-4.  2.]',
      '[  1.99464322e+00   6.55593961e-04]',
      '',
      '[ 0 0]\r',
    ];
    const dataset = gaussianGrid({ file: file(rows.join('\n')) });
    const { mixture, size, labels, options } = dataset;
    expect(size).toBe(4);
    expect(mixture.scale).toBe(-4);
    const expected = [2.02096576, -3.98162489, -4, 2, 1.99464322, 0.000655593961, 0, 0];
    expect([...dataset.batch([0, 1, 2, 3])]).toEqual(
      expected.map((value) => Math.fround((value / -4 + 1) / 2)),
    );
    expect(labels).toBeUndefined();
    expect(options).toMatchObject({ from: 'file' });
  });

  it('names line and byte of what is no point', () => {
    const path = file('[ 2. 2.]\n[ 0.01 0.');
    const error = thrownBy(() => gaussianGrid({ file: path }));
    expect(error.message).toBe(
      `${path}, line 2 (byte 9): wanted a point "[ x y ]", got "[ 0.01 0."; is the file cut off or another one?`,
    );
    expect(error).toMatchObject({ code: 'DATA_FORMAT', byteOffset: 9 });
    expect(thrownBy(() => gaussianGrid({ file: file('[ nan 1.0]') })).message).toContain('line 1 (byte 0)');
  });

  it('refuses the file of another layout', () => {
    const error = thrownBy(() => gaussianPlus({ file: file('[ 2. 0.]\n[ 4.01 3.98]\n') }));
    expect(error.message).toContain('line 2 (byte 9): the point (4.01, 3.98) is 4.11 away');
    expect(error.message).toContain('gaussian-plus');
  });

  it('refuses an empty file', () => {
    expect(thrownBy(() => gaussianSine({ file: file('\n') })).message).toContain('holds no points');
  });

  it('says how to go on when the file is missing', () => {
    const path = join(folder, 'none.txt');
    const error = thrownBy(() => gaussianGrid({ file: path }));
    expect(error).toMatchObject({ code: 'DATA_NOT_FOUND', path });
    expect(error.message).toContain('draw the points');
  });

  it("finds the authors' file below the data folder", () => {
    mkdirSync(join(folder, 'toy2d'));
    writeFileSync(join(folder, 'toy2d', 'sinedatav2.txt'), '[ 2.0 0.0]\n[ 0.01 0.0]\n');
    const dataset = gaussianSine({ from: 'file' }, { dataFolder: folder });
    expect(dataset.size).toBe(2);
    expect(dataset.options).toEqual({ from: 'file', margin: 0 });
    const loose = gaussianSine({ from: 'file', margin: 1 }, { dataFolder: folder });
    const expected = [0.75, 0.5, 0.50125, 0.5];
    loose.batch([0, 1]).forEach((value, i) => expect(value).toBeCloseTo(expected[i], 6));
    expect(thrownBy(() => gaussianGrid({ from: 'file' }, { dataFolder: folder })).code).toBe(
      'DATA_NOT_FOUND',
    );
  });
});

/** What was measured on the published files: the scale, and the share of points within the radius. */
const published = [
  { make: gaussianGrid, size: 50_000, scale: 4.18011, radius: 0.016916, registered: 0.9807 },
  { make: gaussianPlus, size: 52_000, scale: 3.18446, radius: 0.022205, registered: 0.9803 },
  { make: gaussianSine, size: 48_000, scale: 2.15682, radius: 0.032785, registered: 0.9819 },
];

describe.skipIf(dataFolder() === undefined)("the authors' own files", () => {
  it.each(published)('$make.name has the published size, scale and radius', (expected) => {
    const dataset: MixtureDataset = expected.make({ from: 'file' });
    const { centres, scale, registrationRadius } = dataset.mixture;
    expect(dataset.size).toBe(expected.size);
    expect(scale).toBeCloseTo(expected.scale, 5);
    expect(registrationRadius).toBeCloseTo(expected.radius, 6);

    const data = dataset.batch(Uint32Array.from({ length: dataset.size }, (_, i) => i));
    let registered = 0;
    const perMode = centres.map(() => 0);
    for (let i = 0; i < dataset.size; i++) {
      const mode = centres.findIndex(
        ([x, y]) => Math.hypot(data[2 * i] - x, data[2 * i + 1] - y) <= registrationRadius,
      );
      if (mode < 0) continue;
      registered++;
      perMode[mode]++;
    }
    expect(registered / dataset.size).toBeCloseTo(expected.registered, 4);
    // Every mode was drawn equally often, and 98.2 % of a mode is registered.
    for (const count of perMode) expect(count / (dataset.size / centres.length)).toBeCloseTo(0.98, 1);
  });
});
