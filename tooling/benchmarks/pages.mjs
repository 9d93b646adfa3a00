/**
 * Steps and frames a second of whole pages that train and draw, in one Chromium, taking turns: GAN Lab's, and our laboratory's with
 * one method and with two. Writes `results/<date>-pages.json` and `.md`; see README.md.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { findChromium } from '../test/chromium.mjs';
import { makeGanLabPage } from './gan-lab-page.mjs';
import { serveFolder } from './serve-folder.mjs';
import { summary } from './turns.mjs';

const rounds = 2;
const seconds = { warm: 3, counted: 6 };

/** GAN Lab's two layers of 8 on batches of 150, for more steps than are made here. */
const small = 'a=gan&hidden=8,8&waves=off&batch=150&steps=100000';
const rows = [
  {
    title: 'GAN Lab, cpu',
    path: 'gan-lab/index.html?backend=cpu',
    count: '#iteration-count',
    play: '#play-pause-button',
  },
  {
    title: 'GAN Lab, webgl',
    path: 'gan-lab/index.html?backend=webgl',
    count: '#iteration-count',
    play: '#play-pause-button',
  },
  ...[
    ['the size of GAN Lab', small],
    ['the size of GAN Lab, two methods', `${small}&b=r3gan`],
    ['the 25 Gaussians as it opens', ''],
    ['the 25 Gaussians, two methods', 'a=dist-gan&b=gan'],
  ].map(([title, settings]) => ({
    title: `laboratory, ${title}`,
    path: `laboratory/index.html#${settings}`,
    count: '.run:first-child .facts dd',
    play: '#train',
  })),
];

const folder = mkdtempSync(join(tmpdir(), 'dist-gan-pages-'));
const laboratory = fileURLToPath(new URL('../../examples/laboratory', import.meta.url));
const vite = join(laboratory, 'node_modules/vite/bin/vite.js');
execFileSync(
  process.execPath,
  [vite, 'build', '--outDir', join(folder, 'laboratory'), '--logLevel', 'error'],
  {
    cwd: laboratory,
    stdio: 'inherit',
  },
);
await makeGanLabPage(join(folder, 'gan-lab'));
const server = await serveFolder(folder);
const browser = await chromium.launch({ executablePath: findChromium() });
const version = browser.version();
/** How many programs wanted the processors before and after: numbers of a busy machine are those of its other work, too. */
const load = [loadavg()[0]];
const measured = rows.map(({ title }) => ({ title, steps: [], frames: [], waits: [] }));
try {
  for (let round = 0; round < rounds; round++)
    for (let turn = 0; turn < rows.length; turn++) {
      const at = (turn + round) % rows.length;
      const { steps, frames, wait } = await measure(rows[at]);
      measured[at].steps.push(steps);
      measured[at].frames.push(frames);
      measured[at].waits.push(wait);
      console.error(`${rows[at].title}: ${steps.toFixed(0)} steps, ${frames.toFixed(1)} frames a second`);
    }
} finally {
  await browser.close();
  server.close();
  rmSync(folder, { recursive: true });
}

load.push(loadavg()[0]);
const date = new Date().toISOString().slice(0, 10);
const path = fileURLToPath(new URL(`results/${date}-pages`, import.meta.url));
const machine = `${cpus()[0].model}, ${cpus().length} cores`;
writeFileSync(
  `${path}.json`,
  `${JSON.stringify({ date, machine, load, chromium: version, rounds, seconds, rows: measured }, null, 2)}\n`,
);
const table = markdown();
writeFileSync(`${path}.md`, table);
console.log(table);

/** Opens a page, trains, and counts after a while, when wasm is compiled at its best. */
async function measure({ path, count, play }) {
  const context = await browser.newContext({ viewport: { width: 1442, height: 900 } });
  const page = await context.newPage();
  try {
    await page.goto(`http://127.0.0.1:${server.address().port}/${path}`);
    await page.waitForFunction(
      (selector) =>
        globalThis.document.querySelector(selector)?.offsetParent &&
        globalThis.document.readyState === 'complete',
      count,
    );
    // GAN Lab reads its first networks from a file, and tells nobody when it has them.
    await page.waitForTimeout(2000);
    await page.click(play);
    await page.waitForFunction(
      (selector) => /[1-9]/.test(globalThis.document.querySelector(selector).innerText),
      count,
    );
    await page.waitForTimeout(1000 * seconds.warm);
    return await page.evaluate(
      ([selector, milliseconds]) =>
        new Promise((resolve) => {
          const read = () =>
            Number.parseInt(globalThis.document.querySelector(selector).innerText.replaceAll(',', ''), 10);
          const [began, from] = [performance.now(), read()];
          const times = [began];
          const frame = (now) => {
            times.push(now);
            const passed = (now - began) / 1000;
            if (1000 * passed < milliseconds) return globalThis.requestAnimationFrame(frame);
            const waits = times.slice(1).map((time, i) => time - times[i]);
            const wait = waits.sort((a, b) => a - b)[Math.floor(0.95 * waits.length)];
            resolve({ steps: (read() - from) / passed, frames: waits.length / passed, wait });
          };
          globalThis.requestAnimationFrame(frame);
        }),
      [count, 1000 * seconds.counted],
    );
  } finally {
    await context.close();
  }
}

function markdown() {
  const text = (values, digits) => {
    const { median, smallest, largest } = summary(values);
    return `${median.toFixed(digits)} | ${smallest.toFixed(digits)} to ${largest.toFixed(digits)}`;
  };
  return `# Benchmarks: pages that train, ${date}

${machine}, Chromium ${version}, \`node pages.mjs\`: each page opened and trained alone, ${rounds} times in turns, counted for ${seconds.counted} s
after ${seconds.warm}; steps of the first run where there are two; the wait from one frame to the next that 95 of 100 waits do not exceed. Load average ${load.map((value) => value.toFixed(1)).join(' before, ')} after.

| page | steps a second | range | frames a second | range | wait, ms | range |
| --- | --- | --- | --- | --- | --- | --- |
${measured.map(({ title, steps, frames, waits }) => `| ${title} | ${text(steps, 0)} | ${text(frames, 1)} | ${text(waits, 1)} |`).join('\n')}
`;
}
