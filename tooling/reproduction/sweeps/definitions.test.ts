import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromJson } from '../../../packages/core/src/index.js';
import { planSweep, resolveSweep } from '../../../packages/sweeps/src/index.js';
import { setUps } from '../../../packages/cli/src/sweeps/set-up.js';
import { describe, expect, it } from 'vitest';

const here = import.meta.dirname;
const files = readdirSync(here).filter((name) => name.endsWith('.json'));
const dataFolder = process.env.DIST_GAN_DATA;
/** Read once for all rows, as `dist-gan sweep` does. */
const latestData = {};
/** What is neither in the repository nor made by a test. */
const needs = (text: string) => text.includes('"file"') || text.includes('mnist');

describe('the definition', () => {
  it.each(files)('%s names presets, methods and options that there are', async (file) => {
    const text = readFileSync(join(here, file), 'utf8');
    if (needs(text) && dataFolder === undefined) return;
    const definition = resolveSweep({ ...(fromJson(text) as object), seeds: [1] });
    const plan = await planSweep(definition, {
      resolve: setUps({ dataFolder, workingDirectory: here, onNotice: () => undefined, latestData }),
      engine: {},
      versions: {},
    });
    const rows = definition.presets.length * (definition.methods?.length ?? 1);
    expect(new Set(plan.runs.map(({ name }) => name)).size).toBe(rows);
  });
});
