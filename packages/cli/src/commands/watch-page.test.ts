/** The page of `dist-gan watch` in headless Chromium, of folders of runs that are written by hand. */
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { renderReport, RunReader, watchRuns, type RunWatch } from '@dist-gan/viewer';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findChromium } from '../../../../tooling/test/chromium.mjs';

const executablePath = findChromium();
/** One black pixel. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==',
  'base64',
);

describe.skipIf(executablePath === undefined)('the page of dist-gan watch', { timeout: 120_000 }, () => {
  let browser: Browser;
  let runs = '';
  let watched: RunWatch;
  let page: Page;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath });
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    runs = mkdtempSync(join(tmpdir(), 'dist-gan-watch-page-'));
    watched = await watchRuns({ folder: runs });
    page = await browser.newPage({ viewport: { width: 400, height: 800 } });
  });
  afterEach(async () => {
    await page.close();
    await watched.close();
    rmSync(runs, { recursive: true });
  });

  function makeRun(name: string, record: object = {}) {
    mkdirSync(join(runs, name, 'samples'), { recursive: true });
    const all = {
      preset: 'tiny',
      seed: 0,
      options: { steps: 20, method: { id: 'gan' }, dataset: { id: 'digits' } },
      samples: { shape: [1, 1, 1], range: [0, 1] },
      startedAt: '2026-01-02T03:04:05.000Z',
      ...record,
    };
    writeFileSync(join(runs, name, 'run.json'), JSON.stringify(all));
  }

  const log = (name: string, event: object) =>
    appendFileSync(
      join(runs, name, 'metrics.jsonl'),
      `${JSON.stringify({ seconds: 1, memoryBytes: 1, ...event })}\n`,
    );
  const logStep = (name: string, step: number) =>
    log(name, { event: 'step', step, losses: { 'generator/total': step }, learningRates: {} });
  const logEvaluation = (name: string, step: number, protocol: object = {}) => {
    const metrics = [{ id: 'fid', value: step, protocol, samples: {}, warnings: [] }];
    log(name, { event: 'evaluation', step, metrics });
  };

  it('leaves what a person has scrolled, focused and opened as it is while a run goes on', async () => {
    for (const name of ['one', 'two']) {
      makeRun(name);
      logEvaluation(name, 1);
    }
    await page.goto(watched.address);
    const table = page.getByRole('region', { name: 'runs' });
    const link = page.getByRole('link', { name: 'one' });
    await link.focus();
    await table.evaluate((region: { scrollLeft: number }) => (region.scrollLeft = 200));
    logStep('one', 2);
    await page.getByRole('cell', { name: '2 of 20' }).waitFor();
    expect(await table.evaluate(({ scrollLeft }: { scrollLeft: number }) => scrollLeft)).toBe(200);
    expect(await page.evaluate('document.activeElement.textContent')).toBe('one');

    await link.click();
    for (const summary of ['protocol', 'all evaluations as a table'])
      await page.getByText(summary, { exact: true }).click();
    logEvaluation('one', 3);
    await page.getByRole('cell', { name: '3', exact: true }).first().waitFor();
    expect(await page.locator('details[open] > summary').allTextContents()).toEqual([
      'protocol',
      'all evaluations as a table',
    ]);
  });

  it('shows nothing of what was there before a run of the same name began', async () => {
    for (const name of ['one', 'two']) {
      makeRun(name);
      logEvaluation(name, 1);
      writeFileSync(join(runs, name, 'samples/step-0000001.png'), png);
      mkdirSync(join(runs, name, 'reconstructions'));
      writeFileSync(join(runs, name, 'reconstructions/step-0000001.png'), png);
    }
    const again = (name: string) => {
      rmSync(join(runs, name), { recursive: true });
      makeRun(name, { startedAt: '2026-02-02T03:04:05.000Z' });
    };
    await page.goto(watched.address);
    const pictures = page.getByAltText('generated images at step 1');
    await expect.poll(() => pictures.count()).toBe(2);
    again('two');
    await expect.poll(() => pictures.count()).toBe(1);
    await page.getByRole('link', { name: 'one' }).click();
    await page.getByAltText('Reconstructions at step 1').waitFor();
    again('one');
    await page.getByText('2026-02-02 03:04').first().waitFor();
    expect(await page.locator('img').count()).toBe(0);
  });

  it('lays no numbers over one another that were measured otherwise', async () => {
    for (const [name, neighbours] of [
      ['a', 3],
      ['b', 3],
      ['c', 5],
    ] as const) {
      makeRun(name);
      logEvaluation(name, 1, { neighbours });
    }
    await page.goto(watched.address);
    await page.locator('.chart').first().waitFor();
    const both = ['fid, protocol 1', 'fid, protocol 2'];
    expect(await page.locator('.chart figcaption').allTextContents()).toEqual(both);
    const keys = (await page.locator('.chart .legend').allTextContents()).sort();
    expect(keys.map((names) => [...names].sort().join(' '))).toEqual(['a b', 'c']);
    expect((await page.locator('thead th').allTextContents()).slice(-2)).toEqual(both);
    const cells = await page.locator('tbody tr td:nth-last-child(-n + 2)').allTextContents();
    expect(cells.filter((text) => text === '')).toHaveLength(3);
  });

  it('tells more runs apart than there are colours', async () => {
    const names = Array.from({ length: 17 }, (_, i) => `run ${i}`);
    for (const name of names) {
      makeRun(name);
      logEvaluation(name, 1);
    }
    await page.goto(watched.address);
    await page.getByRole('checkbox').first().waitFor();
    for (const name of names) await page.getByRole('checkbox', { name: `show ${name}`, exact: true }).check();
    await expect.poll(() => page.locator('.chart .key').count()).toBe(names.length);
    const looks = await page.evaluate<number>(
      'new Set(Array.from(document.querySelectorAll(".chart .swatch"), (swatch) => getComputedStyle(swatch).background)).size',
    );
    expect(looks).toBe(names.length);
  });

  it('shows the others where the files of one are not as they should be', async () => {
    for (const name of ['good', 'odd', 'damaged']) {
      makeRun(name, name === 'damaged' ? { resumed: 5 } : {});
      logEvaluation(name, 1);
    }
    writeFileSync(join(runs, 'odd', 'generator'), 'a file in the place of a folder');
    await page.goto(watched.address);
    await expect
      .poll(async () => (await page.locator('.chart .key').allTextContents()).sort())
      .toEqual(['good', 'odd']);
    expect(await page.locator('tbody th').allTextContents()).toHaveLength(3);
    expect(await page.getByRole('alert').innerText()).toMatch(/resumed/);
  });

  it('is printed dark on white, in a dark browser, too', async () => {
    makeRun('one');
    logStep('one', 7);
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.goto(watched.address);
    await page.locator('.chart canvas').waitFor();
    /** The mean of what is drawn on a chart, from 0 (black) to 255. */
    const lightness = () =>
      page.evaluate<number>(`(() => {
        const canvas = document.querySelector('.chart canvas');
        const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        let [sum, weight] = [0, 0];
        for (let i = 0; i < data.length; i += 4) [sum, weight] = [sum + data[i] * data[i + 3], weight + data[i + 3]];
        return sum / weight;
      })()`);
    const text = () => page.evaluate('getComputedStyle(document.body).color');
    expect(await text()).toBe('rgb(230, 237, 243)');
    const onScreen = await lightness();
    await page.emulateMedia({ colorScheme: 'dark', media: 'print' });
    await expect.poll(text).toBe('rgb(31, 35, 40)');
    await page.emulateMedia({ colorScheme: 'light', media: 'screen' });
    // The chart is drawn again a moment after the page has heard of it.
    await expect.poll(async () => Math.abs((await lightness()) - onScreen)).toBeGreaterThan(5);
    const inLight = await lightness();
    await page.emulateMedia({ colorScheme: 'dark', media: 'print' });
    await expect.poll(lightness).toBeCloseTo(inLight, 0);
  });

  it('says what a report is of, and which numbers are of a moving average', async () => {
    makeRun('one');
    const result = (value: number) => [{ id: 'fid', value, protocol: {}, samples: {}, warnings: [] }];
    log('one', { event: 'evaluation', step: 7, metrics: result(3), rawMetrics: result(4) });
    const report = join(runs, 'report.html');
    writeFileSync(report, renderReport(new RunReader(join(runs, 'one')), 'running'));
    await page.goto(pathToFileURL(report).href);
    await page.getByText('This is how it stood at step 7, when this page was written.').waitFor();
    expect(await page.locator('.stacked tbody td').first().innerText()).toBe('3\nmoving average; raw: 4');
  });

  it('says when nobody answers any more, and shows what it was told last', async () => {
    makeRun('one');
    logStep('one', 7);
    await page.goto(watched.address);
    await page.getByText('of 20 steps').waitFor();
    await watched.close();
    await expect.poll(() => page.getByRole('alert').innerText()).toMatch(/^dist-gan watch does not answer/);
    expect(await page.locator('.facts dd').first().innerText()).toBe('7');
  });
});
