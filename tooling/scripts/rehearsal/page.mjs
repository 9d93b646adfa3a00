/** Serves a folder to Chromium and returns the title that its page gives itself. */
import { createReadStream, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { extname, join, normalize } from 'node:path';
import { findChromium } from '../../test/chromium.mjs';
import { root } from '../workspace.mjs';

const types = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
};
const bare = '<!doctype html><script type="module" src="/main.mjs"></script>';

export async function answerOfPage(folder) {
  const executablePath = findChromium();
  if (executablePath === undefined) return undefined;
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url, 'http://page').pathname);
    const file = join(folder, path === '/' ? 'index.html' : path);
    response.setHeader('content-type', types[extname(file)] ?? 'application/octet-stream');
    if (path === '/' && !existsSync(file)) response.end(bare);
    else
      createReadStream(file)
        .on('error', () => response.writeHead(404).end())
        .pipe(response);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { chromium } = createRequire(join(root, 'packages/cli/package.json'))('playwright-core');
  const complaints = [];
  let browser;
  try {
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
    const page = await browser.newPage();
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    await page.waitForFunction(() => globalThis.document.title.includes('points'), undefined, {
      timeout: 60_000,
    });
    return await page.title();
  } catch (error) {
    return [error.message, ...complaints].join('\n');
  } finally {
    await browser?.close();
    server.close();
  }
}
