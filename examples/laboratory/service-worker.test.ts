/** What the service worker keeps and serves, of a site of two files, in headless Chromium. */
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findChromium } from '../../tooling/test/chromium.mjs';

const executablePath = findChromium();
const source = readFileSync(new URL('service-worker.js', import.meta.url), 'utf8');

/** As a build writes it. */
const workerOf = (version: string) =>
  source.replace('__FILES__;', '["./index.html"];').replace('${__VERSION__}', version);

describe.skipIf(executablePath === undefined)('the service worker', { timeout: 120_000 }, () => {
  let version = '';
  let server: Server;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let site = '';

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath });
    server = createServer(({ url = '' }, response) => {
      const [type, body] = url.endsWith('.js')
        ? ['text/javascript', workerOf(version)]
        : [
            'text/html',
            `<script>navigator.serviceWorker.register('service-worker.js')</script>${version}${url}`,
          ];
      // As long as hosts of pages let browsers keep them.
      response.writeHead(200, { 'content-type': type, 'cache-control': 'max-age=600' }).end(body);
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    site = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  });
  afterAll(async () => {
    await browser.close();
    server.close();
  });
  beforeEach(async () => {
    version = 'first';
    context = await browser.newContext();
    page = await context.newPage();
    await page.goto(`${site}index.html`);
    // It has taken the page over, too.
    await page.waitForFunction('navigator.serviceWorker.controller?.state === "activated"');
  });
  afterEach(() => context.close());

  it('serves another build once no page uses the old one, whatever the browser itself has kept', async () => {
    version = 'second';
    await page.evaluate('navigator.serviceWorker.ready.then((registration) => registration.update())');
    await page.waitForFunction('navigator.serviceWorker.ready.then(({ waiting }) => waiting !== null)');
    await page.reload();
    expect(await page.innerText('body')).toBe('first/index.html');
    await page.close();
    const other = await context.newPage();
    await other.goto(`${site}index.html`);
    expect(await other.innerText('body')).toBe('second/index.html');
  });

  it('opens the page by the address of its folder, too, without a network', async () => {
    await context.setOffline(true);
    await page.goto(`${site}?from=elsewhere`);
    expect(await page.innerText('body')).toBe('first/index.html');
  });

  it('serves what it has no room to keep', async () => {
    const devtools = await context.newCDPSession(page);
    await devtools.send('Storage.overrideQuotaForOrigin', { origin: site, quotaSize: 1 });
    expect(await page.evaluate('fetch("large").then((response) => response.text())')).toMatch(
      /first\/large$/,
    );
    expect(await page.evaluate('caches.match("large")')).toBeUndefined();
  });
});
