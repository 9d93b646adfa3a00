import { readSafetensors, toJson, writeSafetensors } from '@dist-gan/core';
import { expect, it } from 'vitest';
import { decodePage, encodePage, type SavedPage } from './src/saving/run-file.js';
import { defaultSettings } from './src/settings/settings.js';

const page: SavedPage = {
  settings: { ...defaultSettings, seed: 3 },
  runs: [
    {
      state: {
        step: 7,
        seconds: 1.5,
        history: { evaluations: [], interventions: [] },
        tensors: new Map([['weights/generator/0', { shape: [2], data: Float32Array.of(1, 2) }]]),
      },
      curves: { discriminator: { steps: [1, 7], values: [0.5, NaN] } },
    },
  ],
};

it('gives back what was kept', () => {
  expect(decodePage(encodePage(page), 'kept')).toEqual(page);
});

const { metadata } = readSafetensors(encodePage(page), 'kept');
const withRuns = (runs: string) => writeSafetensors(new Map(), { ...metadata, runs });
const [about] = JSON.parse(metadata.runs) as object[];

const changed = (part: object) => toJson([{ ...about, ...part }]);

it.each([
  '',
  'null',
  '{}',
  '[',
  '[null]',
  '[7]',
  toJson([about, about]),
  changed({ step: '7' }),
  changed({ history: {} }),
  changed({ curves: null }),
  changed({ curves: { discriminator: null } }),
  changed({ curves: { discriminator: { steps: ['x'], values: [1] } } }),
])('says in plain words that a file does not say how its runs were made: %s', (runs) => {
  expect(() => decodePage(withRuns(runs), 'mine.safetensors')).toThrow(
    /^mine\.safetensors does not say how its runs were made\./,
  );
});

it('names the settings of a run whose weights are of another version', () => {
  const old = writeSafetensors(new Map(), { ...metadata, version: '1' });
  expect(() => decodePage(old, 'mine.safetensors')).toThrow(
    /another version.*Train again with its settings: #seed=3&a=dist-gan$/,
  );
});
