import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** Folders that nobody wrote: anywhere by these names, and in these places (`packages/runs` is ours). */
const made = new Set(['node_modules', 'dist', 'coverage']);
const madeAt = new Set(['runs', 'docs/reference', 'tooling/benchmarks/gpu/packed']);
const nameOf = (path: string) => relative(root, path).replaceAll('\\', '/');

function pagesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      const leftOut = made.has(entry.name) || madeAt.has(nameOf(path)) || entry.name.startsWith('.');
      return leftOut ? [] : pagesBelow(path);
    }
    return entry.name.endsWith('.md') ? [path] : [];
  });
}

/** A page without what it only shows: examples, and code in a line. */
const prose = (text: string): string => text.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, 'code');

/** Anchors as forges make them of headings. */
function anchorsOf(page: string): Set<string> {
  const text = readFileSync(page, 'utf8').replace(/^```[\s\S]*?^```/gm, '');
  const seen = new Map<string, number>();
  const anchors = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => {
    const words = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
    const anchor = words.replace(/[^\p{L}\p{N}\s_-]/gu, '').replace(/\s/g, '-');
    const before = seen.get(anchor) ?? 0;
    seen.set(anchor, before + 1);
    return before === 0 ? anchor : `${anchor}-${before}`;
  });
  return new Set(anchors);
}

/** Links of a page to other files, and to places on pages, that are not there. */
function deadLinks(page: string): string[] {
  const targets = [...prose(readFileSync(page, 'utf8')).matchAll(/\]\(([^)\s]+)(?: "[^"]*")?\)/g)].map(
    ([, target]) => target,
  );
  return targets.filter((target) => {
    if (/^[a-z]+:/.test(target)) return false;
    const [path, anchor] = target.split('#');
    const file = path === '' ? page : resolve(dirname(page), decodeURI(path));
    if (!existsSync(file)) return true;
    if (anchor === undefined) return false;
    const named = statSync(file).isDirectory() ? join(file, 'README.md') : file;
    return !anchorsOf(named).has(anchor);
  });
}

describe('links', () => {
  const pages = pagesBelow(root);

  it('are looked at in every page', () => {
    const packages = readdirSync(join(root, 'packages')).map((name) => `packages/${name}/README.md`);
    expect(pages.map(nameOf)).toEqual(expect.arrayContaining(['README.md', 'docs/index.md', ...packages]));
  });

  it.each(pages.map(nameOf))('%s has none that leads nowhere', (page) => {
    expect(deadLinks(join(root, page))).toEqual([]);
  });

  it('lead from the menus of the site to each page of docs', () => {
    const menus = readFileSync(join(root, 'docs/.vitepress/config.mjs'), 'utf8');
    const paths = pages.map(nameOf).filter((path) => path.startsWith('docs/') && path !== 'docs/index.md');
    const stems = paths.map((path) => path.replace(/^docs\//, '').replace(/(README|index)?\.md$/, ''));
    const linked = (stem: string) => menus.includes(`'/${stem}'`) || menus.includes(`'${basename(stem)}'`);
    expect(stems.filter((stem) => !linked(stem))).toEqual([]);
  });
});
