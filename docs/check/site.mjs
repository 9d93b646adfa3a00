/** The built site as files: its pages, and what a request to an address of it gets. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../.vitepress/dist', import.meta.url));

const types = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

/** Addresses of all pages, `/` and `/guide/first-run`. */
export function pagesOfTheSite() {
  return readdirSync(folder, { recursive: true })
    .filter((file) => file.endsWith('.html') && file !== '404.html')
    .map((file) => `/${file.replaceAll('\\', '/').replace(/(index)?\.html$/, '')}`)
    .toSorted();
}

/** What is answered to a path, as hosts with clean addresses do; `undefined` where there is nothing. */
export function answer(path) {
  const name = decodeURI(path).slice(1);
  const files = path.endsWith('/') ? [`${name}index.html`] : [name, `${name}.html`];
  const file = files.find((candidate) => extname(candidate) !== '' && existsSync(join(folder, candidate)));
  if (file === undefined) return undefined;
  return { contentType: types[extname(file)], body: readFileSync(join(folder, file)) };
}
