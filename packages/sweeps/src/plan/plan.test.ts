import fc from 'fast-check';
import { fromJson, toJson, type JsonObject, type JsonValue } from '@dist-gan/core';
import { describe, expect, it } from 'vitest';
import { resolveSweep, type SweepOptions } from '../definition/sweep-definition.js';
import { canonicalJson, runIdentity, runName, type RunSpec } from './identity.js';
import { planSweep, type PlanOptions } from './plan.js';

const { json } = fc.letrec<{ json: JsonValue }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small' },
    fc.integer(),
    fc.double({ noNaN: true }),
    fc.string(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('json'), { maxLength: 3 }),
    fc.dictionary(fc.string(), tie('json'), { maxKeys: 3, noNullPrototype: true }),
  ),
}));
const object = fc.dictionary(fc.string(), json, { maxKeys: 5, noNullPrototype: true });

const specOf = (options: JsonObject, changes: Partial<RunSpec> = {}): RunSpec => ({
  preset: 'grid',
  seed: 1,
  options,
  engine: { threads: 1, version: '1.30.0' },
  versions: { 'dist-gan': '1.0.0' },
  ...changes,
});

/** The same value with the keys of all objects the other way round. */
function reversed(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map((inner: JsonValue) => reversed(inner));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, reversed(inner)]),
  );
}

describe('the identity of a run', () => {
  it('does not depend on the order of keys, nor on a way through JSON', () => {
    fc.assert(
      fc.property(object, (options) => {
        const identity = runIdentity(specOf(options));
        expect(runIdentity(specOf(reversed(options) as JsonObject))).toBe(identity);
        // As the index of a sweep keeps it, which has a word for infinities.
        expect(runIdentity(fromJson(toJson(specOf(options))) as RunSpec)).toBe(identity);
      }),
    );
  });

  it('is another for every other value, wherever it is', () => {
    fc.assert(
      fc.property(object, object, (a, b) => {
        const same = canonicalJson(a) === canonicalJson(b);
        expect(runIdentity(specOf(a)) === runIdentity(specOf(b))).toBe(same);
      }),
    );
    const base = specOf({ steps: 10 });
    const others: RunSpec[] = [
      specOf({ steps: 11 }),
      specOf({ steps: '10' }),
      specOf({ steps: 10 }, { seed: 2 }),
      specOf({ steps: 10 }, { preset: 'ring' }),
      specOf({ steps: 10 }, { engine: { threads: 2, version: '1.30.0' } }),
      specOf({ steps: 10 }, { engine: { threads: 1, version: '1.31.0' } }),
      specOf({ steps: 10 }, { versions: { 'dist-gan': '1.0.1' } }),
      specOf({ steps: 10 }, { seconds: 5 }),
    ];
    expect(new Set([base, ...others].map(runIdentity)).size).toBe(others.length + 1);
  });

  it('stands in the name of the folder, which is one everywhere', () => {
    const spec = specOf({ steps: 10 });
    expect(runName(spec)).toBe(`grid-seed1-${runIdentity(spec)}`);
    expect(runName(spec)).toMatch(/^[\w-]+$/);
  });
});

describe('a plan', () => {
  const surroundings: PlanOptions = {
    // As if presets had a default of their own for every key.
    resolve: ({ preset, method = 'dist-gan' }, changes, steps = 100) =>
      Promise.resolve({ preset, options: { batchSize: 64, 'dataset.seed': 0, method, ...changes, steps } }),
    engine: { threads: 1 },
    versions: {},
  };
  const plan = (options: SweepOptions) => planSweep(resolveSweep(options), surroundings);
  const names = async (options: SweepOptions) => (await plan(options)).runs.map(({ name }) => name);

  it('trains all rows with a seed before the next seed', async () => {
    const { runs } = await plan({
      presets: ['grid'],
      methods: ['gan', 'dist-gan'],
      seeds: 2,
      budget: { steps: 7 },
    });
    expect(runs.map(({ spec: { options, seed } }) => [options.method, options.steps, seed])).toEqual([
      ['gan', 7, 1],
      ['dist-gan', 7, 1],
      ['gan', 7, 2],
      ['dist-gan', 7, 2],
    ]);
  });

  it('has the runs that were there among those of a larger one, and none of another setting', async () => {
    const small = await names({ presets: ['grid'], methods: ['gan'], seeds: 2 });
    const large = await names({ presets: ['ring', 'grid'], methods: ['gan', 'dist-gan'], seeds: 5 });
    expect(large).toEqual(expect.arrayContaining(small));
    const other = await names({ presets: ['grid'], methods: ['gan'], seeds: 2, set: { batchSize: 32 } });
    expect(other.filter((name) => large.includes(name))).toEqual([]);
  });

  it('knows a default that is said from a change', async () => {
    const plain = await names({ presets: ['grid'], seeds: 2 });
    expect(await names({ presets: ['grid'], seeds: 2, set: { batchSize: 64 } })).toEqual(plain);
  });

  it('draws anew for each seed where that is asked for', async () => {
    const { runs } = await plan({ presets: ['grid'], seeds: [4, 9], set: { 'dataset.seed': '{seed}' } });
    expect(runs.map(({ spec }) => spec.options['dataset.seed'])).toEqual([4, 9]);
  });

  it('refuses two rows that mean the same', async () => {
    const same: SweepOptions = {
      presets: ['grid'],
      methods: ['dist-gan', { label: 'again', id: 'dist-gan', set: { batchSize: 64 } }],
    };
    await expect(plan(same)).rejects.toThrow('"dist-gan" and "again" of grid are the same set-up');
  });
});
