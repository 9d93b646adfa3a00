/**
 * Looks at the built site as its readers do, `npm run docs -- --check`: each link and anchor leads somewhere, nothing is loaded from
 * another host, and in Chromium, where there is one, each page is accessible by axe's rules on a desktop and a phone, light
 * and dark. Paths choose pages: `node docs/check/check.mjs / /guide/`, where / is the first page alone.
 */
import { findChromium } from '../../tooling/test/chromium.mjs';
import { complaintsInChromium } from './in-chromium.mjs';
import { complaintsAboutLinks } from './links.mjs';

const begins = process.argv.slice(2);
const { complaints, links, pages } = complaintsAboutLinks();
console.log(`${pages} pages, ${links} links`);
const executablePath = findChromium();
if (executablePath === undefined)
  console.log('skipped: the pages in a browser; no Chromium was found, CHROMIUM_PATH names one');
else {
  const chosen = (path) =>
    begins.length === 0 || begins.some((begin) => (begin === '/' ? path === begin : path.startsWith(begin)));
  complaints.push(...(await complaintsInChromium(executablePath, chosen)));
}
for (const complaint of complaints) console.error(complaint);
process.exitCode = complaints.length > 0 ? 1 : 0;
