import { toJsonSchema } from '@valibot/to-json-schema';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { axisValues, readAxis, splitList } from './axis-values.js';
import { changesFor, expandSeeds, expandSettings } from './expand.js';
import { resolveSweep, sweepSchema, type SweepOptions } from './sweep-definition.js';

describe('the values of a key', () => {
  it.each([
    ['64', [64]],
    ['32,64', [32, 64]],
    ['real,fake,none', ['real', 'fake', 'none']],
    ['[1,2]', [[1, 2]]],
    ['[1,2],[3]', [[1, 2], [3]]],
    ['[{"id":"diff-augment"}]', [[{ id: 'diff-augment' }]]],
    ['{"id":"linear","ceiling":0.5},null', [{ id: 'linear', ceiling: 0.5 }, null]],
    ['0.1..0.5:5', [0.1, 0.2, 0.3, 0.4, 0.5]],
    ['1e-4..1e-2:3:log', [0.0001, 0.001, 0.01]],
    ['-1..1:3', [-1, 0, 1]],
    ['a..b', ['a..b']],
    ['path/../file', ['path/../file']],
  ])('%s', (text, expected) => {
    expect(axisValues('key', readAxis(text))).toEqual(expected);
  });

  it('of a range are the ends and equal steps between them', () => {
    const finite = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(
        finite,
        fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
        fc.integer({ min: 2, max: 40 }),
        (from, width, count) => {
          const values = axisValues('key', { from, to: from + width, count }) as number[];
          expect([values.length, values[0], values.at(-1)]).toEqual([count, from, from + width]);
          values.forEach((value, i) =>
            expect(Math.abs(value - from - (i * width) / (count - 1))).toBeLessThan(1e-5),
          );
        },
      ),
    );
  });

  it.each([
    [{ values: [] }, /at least one value/],
    [{ values: [1, 1] }, /1 is there twice/],
    [{ from: 0, to: 1, count: 3, scale: 'log' }, /above 0/],
    [{ from: 0, to: 1, count: 1 }, /2 or more/],
    [{ from: 0, to: 1 }, /count is required/],
    [{ from: 1, to: 1, count: 2 }, /1 is there twice/],
  ])('refuses %j', (given, message) => {
    expect(() => axisValues('key', given)).toThrow(message);
  });

  it('splits at commas outside brackets and quotes', () => {
    expect(splitList('a,"b,c",[1,[2,3]],{"x":1,"y":2}')).toEqual([
      'a',
      '"b,c"',
      '[1,[2,3]]',
      '{"x":1,"y":2}',
    ]);
  });
});

describe('a definition', () => {
  const expand = (options: SweepOptions) => expandSettings(resolveSweep(options));

  it('is every combination, the last axis fastest, named by what varies', () => {
    const settings = expand({
      presets: ['grid', 'ring'],
      methods: [
        'gan',
        { label: 'DistGAN1-real', id: 'dist-gan', set: { 'method.reconstructedLabel': 'real' } },
      ],
      set: { batchSize: { values: [32, 64] }, steps: 100 },
    });
    expect(settings.map(({ preset, label }) => `${preset}: ${label}`)).toEqual([
      'grid: gan, batchSize 32',
      'grid: gan, batchSize 64',
      'grid: DistGAN1-real, batchSize 32',
      'grid: DistGAN1-real, batchSize 64',
      'ring: gan, batchSize 32',
      'ring: gan, batchSize 64',
      'ring: DistGAN1-real, batchSize 32',
      'ring: DistGAN1-real, batchSize 64',
    ]);
    expect(settings[3]).toEqual({
      label: 'DistGAN1-real, batchSize 64',
      preset: 'grid',
      method: 'dist-gan',
      set: { batchSize: 64, steps: 100, 'method.reconstructedLabel': 'real' },
    });
  });

  it('has the seed of a run where {seed} is', () => {
    const [setting] = expand({
      presets: ['grid'],
      set: { 'dataset.seed': '{seed}', file: 'points-{seed}.txt' },
    });
    expect(changesFor(setting, 7)).toEqual({ 'dataset.seed': 7, file: 'points-7.txt' });
  });

  it('counts seeds from 1, or takes those that are named', () => {
    expect(expandSeeds({ seeds: 3 })).toEqual([1, 2, 3]);
    expect(expandSeeds({ seeds: [0, 9] })).toEqual([0, 9]);
    expect(() => expandSeeds({ seeds: [1, 1] })).toThrow(/1 is there twice/);
  });

  it.each([
    [{}, 'sweep.presets is required'],
    [{ presets: [] }, 'sweep.presets: must name at least one'],
    [{ presets: ['grid'], seed: 3 }, 'sweep.seed is not an option; did you mean seeds'],
    [{ presets: ['grid'], seeds: 0 }, 'sweep.seeds'],
    [{ presets: ['grid'], budget: { minutes: 3 } }, 'sweep.budget: must be {"steps": n} or {"seconds": n}'],
    [{ presets: ['grid'], keep: 'nothing' }, 'sweep.keep: must be all, generators or numbers'],
  ])('is refused where %j', (given, message) => {
    expect(() => resolveSweep(given)).toThrow(message);
  });

  it.each([
    [{ presets: ['grid'], methods: ['gan', 'gan'] }, 'two rows are called "gan"'],
    [{ presets: ['grid'], methods: ['gan'], reference: 'wgan' }, 'no row is called "wgan"; rows are gan'],
  ])('is refused where rows are mixed up: %j', (given, message) => {
    expect(() => expand(given)).toThrow(message);
  });
});

describe('the published JSON Schema', () => {
  const { $schema, ...rest } = toJsonSchema(sweepSchema, {
    target: 'draft-2020-12',
    typeMode: 'input',
    // JSON has no other numbers.
    ignoreActions: ['finite'],
  });
  const published = { $schema, title: 'A sweep of dist-gan', ...rest };

  it('is that of the code; where it is not: pnpm vitest packages/sweeps -u', async () => {
    await expect(`${JSON.stringify(published, null, 2)}\n`).toMatchFileSnapshot('../../sweep.schema.json');
  });

  it('says what the code says, by an independent validator', () => {
    const validate = new Ajv2020({ strict: false }).compile(published as object);
    const cases: unknown[] = [
      { presets: ['grid'] },
      { $schema: 'x', presets: ['grid'], seeds: [1, 2], budget: { seconds: 2 }, engine: { threads: 2 } },
      { presets: ['grid'], methods: [{ label: 'a', set: { x: [1] } }], set: { y: { values: [1] } } },
      { presets: [] },
      { presets: ['grid'], seeds: -1 },
      { presets: ['grid'], seeds: 1.5 },
      { presets: ['grid'], methods: [{ id: 'gan' }] },
      { presets: ['grid'], budget: { steps: 1, seconds: 1 } },
      { presets: ['grid'], other: 1 },
      { presets: ['grid'], collapsedBelow: 2 },
      [],
    ];
    const accepts = (given: unknown) => {
      try {
        resolveSweep(given);
        return true;
      } catch {
        return false;
      }
    };
    expect(cases.map((given) => [given, validate(given)])).toEqual(
      cases.map((given) => [given, accepts(given)]),
    );
    expect(cases.filter(accepts)).toHaveLength(3);
  });
});
