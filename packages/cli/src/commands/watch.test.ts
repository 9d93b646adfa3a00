/** `dist-gan watch` in headless Chromium, of runs that go on meanwhile. */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { recipePresets } from '@dist-gan/presets';
import axe, { type AxeResults } from 'axe-core';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findChromium } from '../../../../tooling/test/chromium.mjs';
import { main } from '../main.js';
import { recordedTerminal } from '../../test/recorded-terminal.js';

const executablePath = findChromium();
/** Runs of a sweep are processes of the built program. */
const bin = fileURLToPath(new URL('../../dist/bin.js', import.meta.url));

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dist-gan-watch-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const tiny = [
  'train',
  'gaussian-grid',
  // The backend that generators are loaded on: a process has one at a time.
  '--backend=wasm',
  '--set=architecture.hiddenUnits=[8,8]',
  '--set=batchSize=16',
  '--set=dataset.pointsPerMode=20',
  '--set=evaluation.samples=100',
  '--set=evaluation.every=5',
  '--json',
];

/** Starts a command; `end` asks it to end, and waits for its exit code. */
function start(words: readonly string[], onOutput?: (text: string) => void) {
  const terminal = recordedTerminal({ workingDirectory: folder, ...(onOutput && { onOutput }) });
  const code = main(words, terminal);
  return {
    terminal,
    code,
    end: () => {
      terminal.interrupt();
      return code;
    },
  };
}

async function startWatch(path: string) {
  let found: (address: string) => void;
  const address = new Promise<string>((resolve) => (found = resolve));
  const watch = start(['watch', path], (text) => found(text.trim()));
  return { address: await address, end: watch.end };
}

let browser: Browser;

/** Uses a page of a profile of its own. */
async function inChromium(
  use: (page: Page) => Promise<void>,
  options: Parameters<Browser['newPage']>[0] = {},
): Promise<void> {
  const page = await browser.newPage(options);
  try {
    const complaints: string[] = [];
    page.on('pageerror', ({ message }) => complaints.push(message));
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    page.on('request', (request) => {
      if (!/^(?:file|data|blob):|^http:\/\/127\.0\.0\.1:/.test(request.url())) complaints.push(request.url());
    });
    await use(page);
    expect(complaints).toEqual([]);
  } finally {
    await page.close();
  }
}

/** The number of finished steps that the page says. */
async function stepOf(page: Page): Promise<number> {
  const text = await page.locator('.facts dd').first().textContent();
  return Number(text!.replaceAll(',', ''));
}

/** Leaves a run's page before its generator is there: what is loaded for nobody must be let go. */
async function leaveWhileGeneratorLoads(page: Page): Promise<void> {
  const sessions = { made: 0, released: 0 };
  await page.exposeFunction('count', (what: keyof typeof sessions) => void sessions[what]++);
  await page.route('**/ort.wasm.min.mjs', (route) =>
    route.fulfill({
      contentType: 'text/javascript',
      body: `export const env = { wasm: {} };
        const session = { inputMetadata: [], release: () => count('released') };
        export const InferenceSession = { create: async () => (await count('made'), session) };
        export class Tensor {}`,
    }),
  );
  let answer = () => {};
  const left = new Promise<void>((resolve) => (answer = resolve));
  await page.route('**/generator.onnx', async (route) => {
    await left;
    await route.continue();
  });
  const asked = page.waitForRequest('**/generator.onnx');
  await page.locator('h2:text("Between latents")').scrollIntoViewIfNeeded();
  await asked;
  await page.getByRole('link', { name: 'all runs' }).click();
  await page.waitForSelector('tbody th');
  answer();
  await expect.poll(() => sessions).toEqual({ made: 1, released: 1 });
}

/** What breaks a rule of axe. */
async function axeViolations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<AxeResults>('axe.run()');
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

/** Asked from here: the page's policy lets nobody evaluate a text in it. */
const expectIncrease = (page: Page, before: number) =>
  expect.poll(() => stepOf(page), { timeout: 120_000 }).toBeGreaterThan(before);

describe('dist-gan watch', () => {
  it('serves until it is asked to end, and touches nothing', { timeout: 600_000 }, async () => {
    expect(await start([...tiny, '--steps=5', '--out=runs/one']).code).toBe(0);
    const before = readFileSync(join(folder, 'runs/one/metrics.jsonl'));
    const { address, end } = await startWatch('runs');
    const runs = (await (await fetch(`${address}runs`)).json()) as { name: string; state: string }[];
    expect(runs).toMatchObject([{ name: 'one', state: 'completed', step: 5, steps: 5 }]);
    cpSync(join(folder, 'runs/one'), join(folder, 'runs/staged'), { recursive: true });
    const record = readFileSync(join(folder, 'runs/one/run.json'), 'utf8');
    writeFileSync(
      join(folder, 'runs/staged/run.json'),
      record.replace('"preset": "gaussian-grid"', '"preset": "ae-ot-mnist"'),
    );
    const ofRecipe = (await (await fetch(`${address}runs/staged/view`)).json()) as { title: string };
    expect(ofRecipe.title).toBe(recipePresets['ae-ot-mnist'].title);
    const view = (await (await fetch(`${address}runs/one/view`)).json()) as {
      title: string;
      samples: object;
    };
    expect(view).toMatchObject({ title: '25 Gaussians, fast', samples: { kind: 'points', steps: [5] } });
    // The page shows the generator of the samples, whatever became of checkpoints.
    writeFileSync(join(folder, 'runs/one/checkpoints/step-0000005.safetensors'), 'cut');
    // ONNX begins with its version, field 1 of its protocol buffer.
    const onnx = new Uint8Array(await (await fetch(`${address}runs/one/generator.onnx`)).arrayBuffer());
    expect(onnx[0]).toBe(0x08);
    expect(await end()).toBe(130);
    await expect(fetch(address)).rejects.toThrow();
    expect(readFileSync(join(folder, 'runs/one/metrics.jsonl'))).toEqual(before);
  });

  it('names the way out where there is no such folder', async () => {
    const { terminal, code } = start(['watch', 'nothing']);
    expect(await code).toBe(2);
    expect(terminal.written.stderr).toMatch(/nothing is no folder; give the folder of a run/);
  });
});

describe.skipIf(executablePath === undefined)('dist-gan watch in Chromium', () => {
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath });
  });
  afterAll(() => browser.close());

  it(
    'follows a run that goes on, ends and begins again, and runs its generator',
    { timeout: 600_000 },
    async () => {
      const first = start([...tiny, '--steps=1000000', '--out=runs/one']);
      await expect
        .poll(() => statSync(join(folder, 'runs/one/report.html')), { timeout: 120_000 })
        .toBeTruthy();
      const watch = await startWatch('runs');
      await inChromium(async (page) => {
        await page.goto(watch.address);
        await page.waitForSelector('.badge.running', { timeout: 120_000 });
        await expectIncrease(page, await stepOf(page));
        await page.waitForSelector('.chart canvas');
        expect(await page.locator('figcaption').allTextContents()).toContain('generator loss');

        const slider = page.locator('.slider input').first();
        await slider.focus();
        await page.keyboard.press('Home');
        await page.waitForSelector(
          'canvas[aria-label^="100 generated points at step 5;"], canvas[aria-label^="100 generated points at step 5,"]',
        );

        await page.locator('h2:text("Between latents")').scrollIntoViewIfNeeded();
        await page.waitForSelector('p[role=status]:text("The generator runs in this page")', {
          timeout: 120_000,
        });
        await page.waitForSelector(
          'canvas[aria-label^="the way of the generated point between two latents"]',
        );

        expect(await first.end()).toBe(130);
        await page.waitForSelector('.badge.stopped', { timeout: 120_000 });
        const stoppedAt = await stepOf(page);

        const second = start(['resume', 'runs/one', '--json']);
        await page.waitForSelector('.badge.running', { timeout: 120_000 });
        await expectIncrease(page, stoppedAt);
        expect(await page.locator('.events').textContent()).toContain('resumed');
        expect(await second.end()).toBe(130);
        await page.waitForSelector('.badge.stopped', { timeout: 120_000 });
      });
      await watch.end();
    },
  );

  it(
    'asks again for samples and pictures of a run that has gone on from before them',
    { timeout: 600_000 },
    async () => {
      expect(await start([...tiny, '--steps=5', '--out=runs/one']).code).toBe(0);
      const watch = await startWatch('runs');
      await inChromium(async (page) => {
        const frames = [/frames\/5$/, /pictures\/discriminator-field$/];
        const asked = () => Promise.all(frames.map((path) => page.waitForRequest(path)));
        const first = asked();
        await page.goto(watch.address);
        await first;
        const file = join(folder, 'runs/one/run.json');
        const record = JSON.parse(readFileSync(file, 'utf8')) as object;
        const again = asked();
        writeFileSync(
          file,
          JSON.stringify({ ...record, resumed: [{ at: '2026-01-02T03:04:05.000Z', step: 3 }] }),
        );
        await again;
      });
      await watch.end();
    },
  );

  it.skipIf(!existsSync(bin))(
    'shows a sweep while it goes on: how far it is, its table as it is written, its curves, and the way to each run',
    { timeout: 600_000 },
    async () => {
      const sweep = start([
        'sweep',
        '--preset=gaussian-grid',
        '--methods=lsgan,gan',
        '--seeds=2',
        '--backend=cpu',
        '--steps=20',
        '--jobs=1',
        '--no-probe',
        '--out=s',
        ...tiny.filter((word) => word.startsWith('--set')),
      ]);
      await expect.poll(() => existsSync(join(folder, 's/plan.json')), { timeout: 120_000 }).toBe(true);
      const watch = await startWatch('s');
      const overOf = async (page: Page) =>
        Number(await page.locator('.sweep .facts dd').first().textContent());
      await inChromium(async (page) => {
        await page.goto(watch.address);
        await page.waitForSelector('.sweep .facts', { timeout: 120_000 });
        expect(await overOf(page)).toBeLessThan(4);
        await page.waitForSelector('.seed.training', { timeout: 120_000 });
        await page.waitForSelector('.sweep .chart .u-over', { timeout: 120_000 });
        expect(await sweep.code).toBe(0);
        await expect.poll(() => overOf(page), { timeout: 120_000 }).toBe(4);

        const [, written] = readFileSync(join(folder, 's/results.md'), 'utf8').split(/^\| --- .*$/m);
        const cellsOfLine = (line: string) =>
          line
            .split(' | ')
            .slice(1)
            .map((cell) => cell.split('<br>'));
        const cells = written.trim().split('\n').slice(0, 2).map(cellsOfLine);
        cells.forEach((row) => (row[row.length - 1] = row.at(-1)!.map((text) => text.replace(/ \|$/, ''))));
        const rows = await page.locator('.sweep table').first().locator('tbody tr').all();
        const shown = await Promise.all(
          rows.map(async (row) => {
            const texts = await row.locator('td').all();
            return Promise.all(texts.map(async (cell) => (await cell.innerText()).split('\n')));
          }),
        );
        expect(shown).toEqual(cells);

        const chart = page.locator('.sweep .chart', { hasText: 'registered-points' }).first();
        await chart.locator('.plot').focus();
        await page.keyboard.press('End');
        const csv = readFileSync(join(folder, 's/results.csv'), 'utf8').split('\r\n');
        const last = csv.filter((line) => /^gaussian-grid,lsgan,.*,20,[^,]*,registered-points,/.test(line));
        const [first, second] = last.map((line) => Number(/registered-points,([^,]*)/.exec(line)![1]));
        const spread = `(${Math.min(first, second)} to ${Math.max(first, second)})`;
        expect(await chart.locator('.tooltip').textContent()).toContain(
          `lsgan ${(first + second) / 2} ${spread}`,
        );

        const link = page.getByRole('link', { name: 'gan, seed 2: ' }).last();
        await link.focus();
        await page.keyboard.press('Enter');
        await page.waitForSelector('h1:text("25 Gaussians") >> nth=0');
        await page.getByRole('link', { name: 'the sweep' }).click();
        await page.waitForSelector('.sweep table');
      });
      for (const colorScheme of ['light', 'dark'] as const) {
        const phone = { viewport: { width: 400, height: 800 }, colorScheme, bypassCSP: true };
        await inChromium(async (page) => {
          await page.goto(watch.address);
          await page.waitForSelector('.sweep .chart .u-over');
          expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(400);
          for (const summary of await page.locator('.sweep summary').all()) await summary.click();
          expect(await axeViolations(page)).toEqual([]);
        }, phone);
      }
      await watch.end();
    },
  );

  it('lays runs over one another, and a report over a phone', { timeout: 600_000 }, async () => {
    for (const seed of [1, 2]) {
      const measured = '--set=measure=["gradient-norms","weight-norms","spectral-norms"]';
      expect(
        await start([...tiny, measured, '--steps=10', `--seed=${seed}`, `--out=runs/seed-${seed}`]).code,
      ).toBe(0);
    }
    const watch = await startWatch('runs');
    await inChromium(async (page) => {
      await page.goto(watch.address);
      await page.waitForSelector('.chart .u-over');
      expect(await page.locator('tbody th').allTextContents()).toEqual(['seed-2', 'seed-1']);
      const chart = page.locator('.chart').first();
      expect(await chart.locator('.key').allTextContents()).toEqual(['seed-2', 'seed-1']);
      await page.getByRole('checkbox', { name: 'show seed-1' }).uncheck();
      await expect.poll(() => page.locator('.side-by-side figure').count()).toBe(1);
      await page.getByRole('link', { name: 'seed-1' }).click();
      await page.waitForSelector('.facts');
      expect(await page.title()).toBe('seed-1: 25 Gaussians, fast');
      await leaveWhileGeneratorLoads(page);
    });
    await watch.end();

    const report = join(folder, 'runs/seed-1/report.html');
    expect(statSync(report).size).toBeLessThan(1_500_000);
    const phone = { viewport: { width: 400, height: 800 }, colorScheme: 'dark' } as const;
    await inChromium(async (page) => {
      await page.goto(pathToFileURL(report).href);
      await page.waitForSelector('.chart .u-over');
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(400);
      // Samples and curves are drawn by the page, in its colours; what the discriminator says of the plane is a picture.
      expect(await page.locator('img').count()).toBe(1);
      const titles = await page.locator('figcaption').allTextContents();
      expect(titles).toEqual(
        expect.arrayContaining(['gradient norm', 'weight norm', 'spectral norm of discriminator']),
      );
      const chart = page.locator('.chart', { hasText: 'generator loss' });
      const plot = chart.locator('.plot');
      await plot.focus();
      await page.keyboard.press('Home');
      await page.keyboard.press('ArrowRight');
      expect(await plot.locator('.tooltip').textContent()).toMatch(/^step 2/);
      await page.keyboard.press('+');
      await page.getByRole('button', { name: 'show everything' }).click();
      await page.getByLabel('on a logarithmic axis').check();
      await page.getByLabel('smoothing').focus();
      await page.keyboard.press('Home');
      expect(await chart.locator('.note').textContent()).toMatch(/^$|not above 0/);
    }, phone);
  });
});
