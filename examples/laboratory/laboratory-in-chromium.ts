/** What the tests of the laboratory share: the built pages, served, and Chromium. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { preview, type PreviewServer } from 'vite';
import { afterAll, beforeAll, describe } from 'vitest';
import { findChromium } from '../../tooling/test/chromium.mjs';

const executablePath = findChromium();
const folder = fileURLToPath(new URL('.', import.meta.url));

/** A page, and what must not happen in it. */
export interface Visit {
  readonly page: Page;
  /** Errors and warnings of the console, errors that nothing caught, and requests that leave for elsewhere. */
  readonly complaints: readonly string[];
}

/**
 * Tests of the laboratory, which is built once for all of them; skipped where there is no Chromium.
 *
 * @param tests are given a function that opens a page, such as `index.html#seed=1`, in a profile of its own, for as long
 *   as it is used
 */
export function describeLaboratory(
  tests: (
    visit: (
      address: string,
      use: (visit: Visit) => Promise<void>,
      options?: BrowserContextOptions,
    ) => Promise<void>,
  ) => void,
): void {
  const title = 'the laboratory in Chromium';
  describe.skipIf(executablePath === undefined)(title, { timeout: 300_000 }, () => {
    let site = '';
    let server: PreviewServer;
    let browser: Browser;
    let origin = '';

    beforeAll(async () => {
      site = mkdtempSync(join(tmpdir(), 'dist-gan-laboratory-'));
      // In a process of its own: a build takes the environment of tests for one of development.
      const vite = fileURLToPath(new URL('../../bin/vite.js', import.meta.resolve('vite')));
      execFileSync(
        process.execPath,
        [vite, 'build', '--outDir', site, '--emptyOutDir', '--logLevel', 'error'],
        // Vite's allocator clears huge pages for a third of the build's time, if it may have them.
        {
          cwd: folder,
          env: { ...process.env, NODE_ENV: 'production', MIMALLOC_ALLOW_THP: '0' },
          stdio: 'inherit',
        },
      );
      server = await preview({
        root: folder,
        logLevel: 'error',
        build: { outDir: site },
        preview: { port: 8126 },
      });
      origin = server.resolvedUrls!.local[0];
      browser = await chromium.launch({ executablePath });
    }, 300_000);
    afterAll(async () => {
      await browser?.close();
      await server?.close();
      rmSync(site, { recursive: true, force: true });
    });

    tests(async (address, use, options) => {
      const context = await browser.newContext(options);
      try {
        const page = await context.newPage();
        page.setDefaultTimeout(120_000);
        const complaints: string[] = [];
        page.on('pageerror', ({ message }) => complaints.push(message));
        page.on('console', (message) => {
          if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
        });
        page.on('request', (request) => {
          if (!/^(blob|data):/.test(request.url()) && !request.url().startsWith(origin))
            complaints.push(`asks ${request.url()}`);
        });
        await page.goto(new URL(address, origin).href);
        // Its program is there.
        await page.waitForSelector('main:not([inert])');
        await use({ page, complaints });
      } finally {
        await context.close();
      }
    });
  });
}

/** Waits until the runs of a page are in this state. */
export async function untilState(page: Page, state: string): Promise<void> {
  await page.waitForSelector(`body[data-state=${state}]`, { timeout: 240_000 });
}

/** The number that stands at a fact of the first run, such as `Step`. */
export async function fact(page: Page, name: string): Promise<number> {
  const term = page.locator('dt').getByText(name, { exact: true });
  const text = await page
    .locator('.run')
    .first()
    .locator('.facts div')
    .filter({ has: term })
    .locator('dd')
    .innerText();
  return Number.parseInt(text.replaceAll(',', ''), 10);
}

/** How many modes the first run covers, or how many of a hundred points of a shape. */
export async function covered(page: Page): Promise<number> {
  return Number(await page.locator('.count').first().innerText());
}
