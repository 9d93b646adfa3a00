import { describe, expect, it } from 'vitest';
import { resolveSweep } from '../definition/sweep-definition.js';
import type { FoundRuns } from '../execution/run-sweep.js';
import { planSweep, type SweepPlan } from '../plan/plan.js';
import type { StoredNumber } from '../store/stored-evaluation.js';
import type { StoredRun } from '../store/sweep-store.js';
import { toCsv } from './csv.js';
import { curvesOf } from './curves.js';
import { toSummaryJson } from './json.js';
import { toLatex } from './latex.js';
import { toMarkdown } from './markdown.js';
import type { Outcome } from './outcome.js';
import { summarise } from './summary.js';

const planOf = (methods: string[], seeds: number, metrics?: string[]): Promise<SweepPlan> =>
  planSweep(resolveSweep({ presets: ['grid'], methods, seeds, ...(metrics && { metrics }) }), {
    resolve: ({ preset, method = '' }) => Promise.resolve({ preset, options: { method } }),
    engine: {},
    versions: { 'dist-gan': '1.0.0' },
  });

const done: Outcome = { state: 'done', step: 20, seconds: 2, ranOn: 'a machine' };
const radius = { rule: 'radius', radius: 0.0159 };

/** What is found: by method and seed, the numbers of the last evaluation, or an outcome without. */
const found = (
  { runs }: SweepPlan,
  content: (method: string, seed: number) => StoredNumber[] | Outcome | undefined,
): FoundRuns =>
  new Map(
    runs.map((run): [typeof run, StoredRun | undefined] => {
      const { identity, name, spec } = run;
      const known = content(spec.options.method as string, spec.seed);
      if (known === undefined) return [run, undefined];
      const evaluations = Array.isArray(known)
        ? [10, 20].map((step) => ({
            step,
            seconds: step / 10,
            numbers: known.map((number) => ({ ...number, value: number.value - (20 - step) })),
          }))
        : [{ step: 10, seconds: 1, numbers: [{ metric: 'points', value: 1, protocol: radius }] }];
      return [run, { identity, name, spec, outcome: Array.isArray(known) ? done : known, evaluations }];
    }),
  );

const points = (value: number, protocol = radius): StoredNumber => ({
  metric: 'points',
  value,
  protocol,
  ideal: 100,
});
const nothing = () => [];

describe('a summary', () => {
  it('describes rows and compares them with the reference, seed by seed', async () => {
    const plan = await planOf(['a', 'b'], 8);
    const { groups } = summarise(
      plan,
      found(plan, (method, seed) => [points(10 * seed + (method === 'b' ? 3 + (seed % 2) : 0))]),
      nothing,
    );
    const [{ cells }] = groups[0].columns;
    expect(groups[0].reference).toBe('a');
    expect(cells[0].description).toMatchObject({ mean: 45, median: 45, count: 8 });
    expect(cells[0].description!.standardDeviation).toBeCloseTo(Math.sqrt(600), 12);
    expect(cells[0].best).toBe(80);
    expect(cells[0].difference).toBeUndefined();
    // All eight differences are above 0: 2 of the 256 patterns of signs are as far out.
    expect(cells[1].difference).toMatchObject({
      mean: 3.5,
      pairs: 8,
      test: { p: 2 / 256 },
      adjustedP: 2 / 256,
      isLargerThanNoise: true,
    });
  });

  it('counts a run once, however often it measures a metric', async () => {
    const plan = await planOf(['a', 'b'], 3);
    const twice = (_: string, seed: number) => [points(seed), points(seed)];
    const { groups } = summarise(plan, found(plan, twice), nothing);
    const described = groups[0].columns.map(({ cells }) =>
      cells.map(({ description, values }) => [description!.count, ...values.values()]),
    );
    const once = [3, 1, 2, 3];
    expect(described).toEqual([
      [once, once],
      [once, once],
    ]);
    expect(groups[0].columns.every(({ isOneOfSeveral }) => isOneOfSeveral)).toBe(true);
  });

  it('draws of each column of a metric that is measured twice its own numbers', async () => {
    const plan = await planOf(['a'], 3);
    const twice = (_: string, seed: number) => [points(seed), points(100 + seed)];
    const [group] = summarise(plan, found(plan, twice), nothing).groups;
    expect(group.columns.map((column) => curvesOf(group, column)[0].points.at(-1)!.mean)).toEqual([2, 102]);
  });

  it('adjusts for the number of rows', async () => {
    const plan = await planOf(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'], 8);
    const { groups } = summarise(
      plan,
      found(plan, (method, seed) => [points(seed + (method === 'a' ? 0 : 5))]),
      nothing,
    );
    const differences = groups[0].columns[0].cells.flatMap(({ difference }) => difference ?? []);
    expect(differences.map(({ adjustedP }) => adjustedP)).toEqual(new Array(7).fill((7 * 2) / 256));
    expect(differences.every(({ isLargerThanNoise }) => !isLargerThanNoise)).toBe(true);
  });

  it('says when no difference could have been found', async () => {
    const plan = await planOf(['a', 'b'], 3);
    const summary = summarise(
      plan,
      found(plan, (method, seed) => [points(seed + (method === 'a' ? 0 : 500))]),
      nothing,
    );
    expect(toMarkdown(summary)).toContain(
      'the least adjusted p is 0.25: no difference could have been found',
    );
  });

  it('says of each preset which row others are compared with', async () => {
    const plan = await planSweep(
      resolveSweep({ presets: ['grid', 'ring'], seeds: 1, set: { rate: { values: [1, 2] } } }),
      {
        resolve: ({ preset }, changes) =>
          Promise.resolve({ preset, options: { method: preset, ...changes } }),
        engine: {},
        versions: {},
      },
    );
    const summary = summarise(
      plan,
      found(plan, (_, seed) => [points(seed)]),
      nothing,
    );
    expect(summary.groups.map(({ reference }) => reference)).toEqual(['grid, rate 1', 'ring, rate 1']);
    expect(toMarkdown(summary)).toContain('differs from grid, rate 1 (grid), ring, rate 1 (ring): sign-flip');
    const ofOne = summarise(await planOf(['a', 'b'], 1), new Map(), nothing);
    expect(toMarkdown(ofOne)).toContain('differs from a: sign-flip');
  });

  it('takes failed runs for failed, and pairs the others', async () => {
    const plan = await planOf(['a', 'b'], 3);
    const failed: Outcome = { state: 'failed', reason: 'a | loss\nis NaN', step: 10, seconds: 1 };
    const summary = summarise(
      plan,
      found(plan, (method, seed) => (method === 'b' && seed === 2 ? failed : [points(seed)])),
      nothing,
    );
    const [, row] = summary.groups[0].rows;
    expect(row.counts).toEqual({ done: 2, collapsed: 0, failed: 1, unfinished: 0 });
    const [, cell] = summary.groups[0].columns[0].cells;
    expect([...cell.values.keys()]).toEqual([1, 3]);
    expect(cell.difference).toMatchObject({ pairs: 2, mean: 0 });
    expect(toMarkdown(summary)).toContain('- b: seed 2 failed, a | loss is NaN');
  });

  it('draws curves of the runs that are in the table', async () => {
    const plan = await planOf(['a'], 4);
    const ends: Record<number, Outcome> = {
      3: { state: 'failed', reason: 'a loss is NaN', step: 10, seconds: 1 },
      4: { state: 'unfinished', step: 10, seconds: 1 },
    };
    const summary = summarise(
      plan,
      // Seeds 3 and 4 were evaluated at step 10 alone, and have 1 there.
      found(plan, (_, seed) => ends[seed] ?? [points(100 * seed)]),
      nothing,
    );
    const [group] = summary.groups;
    const [curve] = curvesOf(group, group.columns[0]);
    expect(curve.points).toEqual([
      { step: 10, mean: 140, least: 90, greatest: 190, runs: 2 },
      { step: 20, mean: 150, least: 100, greatest: 200, runs: 2 },
    ]);
    expect(group.columns[0].cells[0].description!.mean).toBe(150);
    expect(toMarkdown(summary)).toContain('Curves are of the same runs, at each step');
  });

  it('says that nothing is compared with a row of which every run has failed', async () => {
    const plan = await planOf(['a', 'b'], 3);
    const failed: Outcome = { state: 'failed', reason: 'a loss is NaN', step: 10, seconds: 1 };
    const summary = summarise(
      plan,
      found(plan, (method, seed) => (method === 'a' ? failed : [points(seed)])),
      nothing,
    );
    const sentence = 'Nothing is compared with a: no run of that row has an end and a number.';
    expect(toMarkdown(summary)).toContain(sentence);
    expect(toLatex(summary)).toContain(sentence);
    expect(toMarkdown(summary)).not.toContain('| less a |');
  });

  it('writes no deviation of equal numbers, whatever their sum is rounded to', async () => {
    const plan = await planOf(['a'], 3);
    const summary = summarise(
      plan,
      found(plan, () => [{ metric: 'points', value: 0.1, protocol: radius }]),
      nothing,
    );
    expect(toMarkdown(summary)).toContain('| 0.1 ± 0<br>[0.1, 0.1]<br>median 0.1 |');
    expect(toLatex(summary)).toContain('$0.1 \\pm 0$');
  });

  it('keeps numbers of different protocols in columns of their own', async () => {
    const plan = await planOf(['a', 'b'], 2);
    const summary = summarise(
      plan,
      found(plan, (method, seed) => [
        points(seed, method === 'a' ? radius : { rule: 'nearest', radius: 0.0159 }),
      ]),
      nothing,
    );
    const { columns } = summary.groups[0];
    expect(columns.map(({ metric, cells }) => [metric, cells.map(({ values }) => values.size)])).toEqual([
      ['points', [2, 0]],
      ['points', [0, 2]],
    ]);
    expect(columns.flatMap(({ cells }) => cells.flatMap(({ difference }) => difference ?? []))).toEqual([]);
    const text = toMarkdown(summary);
    expect(text).toContain('| points [1] | points [2] |');
    expect(text).toContain('- points [2]: rule nearest, radius 0.0159');
    const meansAtTheEnd = columns.map((column) =>
      curvesOf(summary.groups[0], column).map(({ points: curve }) => curve.at(-1)?.mean),
    );
    expect(meansAtTheEnd).toEqual(
      columns.map(({ cells }) => cells.map(({ description }) => description?.mean)),
    );
  });

  it('has the columns that were asked for, in that order', async () => {
    const plan = await planOf(['a'], 2, ['kl', 'points']);
    const numbers = [
      points(1),
      { metric: 'kl', value: Infinity, protocol: {} },
      { metric: 'other', value: 1, protocol: {} },
    ];
    const summary = summarise(
      plan,
      found(plan, () => numbers),
      nothing,
    );
    expect(summary.groups[0].columns.map(({ metric }) => metric)).toEqual(['kl', 'points']);
    expect(summary.groups[0].columns[0].cells[0]).toMatchObject({ description: { mean: Infinity } });
    const written = [toMarkdown(summary), toLatex(summary), toCsv(summary), toSummaryJson(summary)];
    for (const text of written) expect(text).not.toContain('NaN');
    expect(toLatex(summary)).toContain('$\\infty$');
  });

  it('writes both numbers of a metric that is measured by two protocols', async () => {
    const plan = await planOf(['a'], 1);
    const numbers = [points(1), points(2, { rule: 'nearest', radius: 1 })];
    const summary = summarise(
      plan,
      found(plan, () => numbers),
      nothing,
    );
    const { groups } = JSON.parse(toSummaryJson(summary)) as {
      groups: { rows: { runs: { evaluations: object[] }[] }[] }[];
    };
    expect(groups[0].rows[0].runs[0].evaluations.at(-1)).toEqual({
      step: 20,
      seconds: 2,
      points: 1,
      'points [2]': 2,
    });
  });

  it('writes a protocol whole, numbers that JSON lacks among them', async () => {
    const plan = await planOf(['a'], 1);
    const number = { metric: 'points', value: 1, protocol: { rule: 'nearest', radius: Infinity } };
    const summary = summarise(
      plan,
      found(plan, () => [number]),
      nothing,
    );
    expect(toCsv(summary)).toContain('"{""rule"":""nearest"",""radius"":""Infinity""}"');
  });

  it('sets what was published beside, and never among the rows', async () => {
    const plan = await planOf(['a'], 1);
    const published = [
      { metric: 'points', text: 'about 1,800', source: 'a paper' },
      { metric: 'fid', text: '3', source: 'another' },
    ];
    const summary = summarise(
      plan,
      found(plan, () => [points(5)]),
      () => published,
    );
    expect(summary.groups[0].rows).toHaveLength(1);
    expect(toMarkdown(summary)).toMatch(
      /not to be compared digit by digit\n\n.*\n.*\n\| points \| about 1,800 \| a paper \|\n/,
    );
    expect(toMarkdown(summary)).not.toContain('another');
    expect(toLatex(summary)).toContain(
      '\n% Published, by the protocol of its source: points about 1,800; a paper\n',
    );
  });

  it('says how long the runs were, what curves leave out, and of a table no more than is in it', async () => {
    const plan = await planOf(['a', 'b'], 2);
    const kl: StoredNumber = { metric: 'kl', value: Infinity, protocol: {} };
    const summary = summarise(
      plan,
      found(plan, (method) => (method === 'a' ? [points(1), kl] : { ...done, step: 1500 })),
      nothing,
    );
    const written = toMarkdown(summary);
    expect(written).toContain('Seeds 1, 2. Training steps of a run: 20 to 1,500. Mean ±');
    expect(written).toContain('in brackets the 95 % interval');
    expect(written).toContain(
      '\nOf kl curves show the finite values alone; there is no difference of means where a last one is infinite.\n',
    );
    const paper = toLatex(summary);
    expect(paper).toContain('Training steps of a run: 20 to 1,500. Mean ±');
    expect(paper).toContain('in brackets the 95 % interval');
    expect(paper).not.toMatch(/best|curves/);
  });

  it('says of how many runs a number is, where it is not of all of the row', async () => {
    const plan = await planOf(['a', 'b'], 3);
    const summary = summarise(
      plan,
      found(plan, (method, seed) => [points(method === 'a' && seed === 2 ? NaN : 10 + seed)]),
      nothing,
    );
    expect(toMarkdown(summary)).toContain('| a | 3 | 0 | 0 | 12 ± 1.414 of 2 runs<br>[11, 13]<br>');
    expect(toMarkdown(summary)).toContain('| b | 3 | 0 | 0 | 12 ± 1<br>[');
    expect(toLatex(summary)).toContain(
      'a & 3 & 0 & 0 & $12 \\pm 1.414$ \\\\\n &  &  &  & {\\footnotesize $n = 2$, $[11, 13]$} \\\\',
    );
  });

  it('of nothing has no numbers', async () => {
    const plan = await planOf(['a'], 2);
    const summary = summarise(
      plan,
      found(plan, () => undefined),
      nothing,
    );
    expect(summary.groups[0].rows[0].counts.unfinished).toBe(2);
    expect(toMarkdown(summary)).toContain('| a | 0 (2 to go) | 0 | 0 |');
    expect(toLatex(summary)).toContain('a & 0 (2 to go) & 0 & 0 \\\\');
  });
});

describe('the tables', () => {
  it('are what LaTeX and CSV take, whatever a row is called', async () => {
    const plan = await planOf(['50 % "a", b_1'], 1);
    const summary = summarise(
      plan,
      found(plan, () => [points(0.00001234)]),
      nothing,
    );
    expect(toLatex(summary)).toContain('50 \\% "a", b\\_1 & 1 & 0 & 0 & $1.23 \\times 10^{-5}$ \\\\');
    const [heading, , last] = toCsv(summary).split('\r\n');
    expect(heading).toBe('preset,row,seed,run,state,reason,step,seconds,metric,value,protocol');
    expect(last).toContain('grid,"50 % ""a"", b_1",1,');
    expect(last).toContain(',20,2,points,0.00001234,"{""rule"":""radius"",""radius"":0.0159}"');
  });

  it.each(['[1] GAN', '* GAN'])(
    'have no row whose name the end of the one above reads as an option: %s',
    async (name) => {
      const plan = await planOf(['GAN', name], 1);
      const summary = summarise(
        plan,
        found(plan, () => [points(1)]),
        nothing,
      );
      expect(toLatex(summary)).toContain(`\\\\\n{}${name} & 1`);
    },
  );

  it('have the interval of a mean below it for papers, and no line where there is none', async () => {
    const plan = await planOf(['same', 'single'], 4);
    const summary = summarise(
      plan,
      found(plan, (method, seed) => (method === 'same' || seed === 1 ? [points(1234)] : undefined)),
      nothing,
    );
    // Resamples of equal numbers have one mean.
    expect(toLatex(summary)).toContain(
      'same & 4 & 0 & 0 & $1{,}234 \\pm 0$ \\\\\n' +
        ' &  &  &  & {\\footnotesize $[1{,}234, 1{,}234]$} \\\\\n' +
        'single & 1 (3 to go) & 0 & 0 & $1{,}234$ \\\\\n' +
        '\\bottomrule',
    );
  });

  it('star what is larger than the noise', async () => {
    const plan = await planOf(['a', 'b'], 8);
    const summary = summarise(
      plan,
      found(plan, (method, seed) => [points(seed + (method === 'b' ? 9 : 0))]),
      nothing,
    );
    expect(toMarkdown(summary)).toContain('| b | 8 | 0 | 0 | 13.5 ± 2.449 *<br>[');
    expect(toMarkdown(summary)).toMatch(
      /\| less a \| points \|\n\| --- \| --- \|\n\| b \| 9 \*<br>\[9, 9\]<br>p 0.007813, adjusted 0.007813<br>8 pairs \|\n\n/,
    );
    expect(toLatex(summary)).toContain('$13.5 \\pm 2.449^{*}$');
  });
});
