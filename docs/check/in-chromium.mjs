/**
 * The built pages in Chromium, in the sizes and colours that readers have them: accessible by the rules of axe, without an
 * error, without a request to another host, not wider than the screen; and the search finds its way.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { answer, pagesOfTheSite } from './site.mjs';

const axe = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
const origin = 'http://site.test';

const screens = {
  desktop: { viewport: { width: 1280, height: 900 } },
  phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
};

/** What is searched for, and the page that is to be found by it. */
const searched = ['gradient penalty', '/packages/losses'];

/** Lets a context read the site from its files and nothing else. */
async function serve(context, complaints) {
  await context.route('**/*', (route) => {
    const { origin: asked, pathname } = new URL(route.request().url());
    const answered = asked === origin ? answer(pathname) : undefined;
    if (answered !== undefined) return route.fulfill(answered);
    complaints.add(`asks for ${route.request().url()}`);
    return route.abort();
  });
}

async function axeComplaints(page) {
  const { violations } = await page.evaluate(() => globalThis.axe.run(globalThis.document));
  return violations.map(
    ({ id, help, nodes }) => `${id} (${help}), ${nodes.length} times, as in ${nodes[0].html.slice(0, 200)}`,
  );
}

async function tooWide(page) {
  const beyond = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = globalThis.document.documentElement;
    return scrollWidth - clientWidth;
  });
  return beyond > 0 ? [`is ${beyond} pixels wider than the screen`] : [];
}

/** Complaints about one page on one screen, light and dark. */
async function look(context, path) {
  const page = await context.newPage();
  const complaints = [];
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  try {
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    await page.goto(origin + path, { waitUntil: 'networkidle' });
    await page.evaluate(axe);
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      await page.waitForFunction(
        (dark) => globalThis.document.documentElement.classList.contains('dark') === dark,
        colorScheme === 'dark',
      );
      const seen = [...(await axeComplaints(page)), ...(await tooWide(page))];
      complaints.push(...seen.map((text) => `${colorScheme}: ${text}`));
    }
  } finally {
    await page.close();
  }
  return complaints;
}

/** Finds a page by the search, with the keyboard alone. */
async function search(context) {
  const [words, wanted] = searched;
  const page = await context.newPage();
  await page.goto(`${origin}/`, { waitUntil: 'networkidle' });
  await page.keyboard.press('/');
  await page.keyboard.type(words);
  const results = page.locator('.VPLocalSearchBox .result');
  try {
    await results.first().waitFor({ timeout: 10_000 });
    const found = await results.evaluateAll((links) => links.map((link) => new URL(link.href).pathname));
    await page.keyboard.press('Enter');
    await page.waitForURL(origin + found[0] + '**');
    return found.includes(wanted)
      ? []
      : [`the search for "${words}" finds ${found.join(', ')}, not ${wanted}`];
  } catch (error) {
    return [`the search for "${words}" finds nothing: ${error.message}`];
  } finally {
    await page.close();
  }
}

/**
 * @param {string} executablePath a Chromium
 * @param {(path: string) => boolean} chosen which pages
 */
export async function complaintsInChromium(executablePath, chosen = () => true) {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  const all = new Set();
  try {
    for (const [screen, options] of Object.entries(screens)) {
      const context = await browser.newContext(options);
      await serve(context, all);
      const pages = pagesOfTheSite().filter(chosen);
      for (const [at, path] of pages.entries()) {
        for (const complaint of await look(context, path)) all.add(`${path}, ${screen}, ${complaint}`);
        // A page takes seconds, all of them minutes.
        if ((at + 1) % 10 === 0) console.log(`${screen}: ${at + 1} of ${pages.length} pages looked at`);
      }
      if (screen === 'desktop') for (const complaint of await search(context)) all.add(complaint);
      await context.close();
    }
  } finally {
    await browser.close();
  }
  return [...all];
}
