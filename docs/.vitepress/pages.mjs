/**
 * Where the pages of the site come from: this folder, the READMEs of the packages and CONTRIBUTING.md, all of which
 * are read on their own, too. Links are written as files lie in the repository; here they become those of the site.
 */
import { existsSync, readdirSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { formulaOf } from './formulas.mjs';

export const repository = fileURLToPath(new URL('../..', import.meta.url));

export const packages = readdirSync(`${repository}packages`)
  .filter((name) => existsSync(`${repository}packages/${name}/README.md`))
  .sort();

/** Path of a page in the repository to its path in the site. */
export const rewrites = {
  ...Object.fromEntries(packages.map((name) => [`packages/${name}/README.md`, `packages/${name}.md`])),
  'CONTRIBUTING.md': 'contributing/index.md',
  'SECURITY.md': 'security.md',
  'CODE_OF_CONDUCT.md': 'code-of-conduct.md',
  'docs/:path(.*)/README.md': ':path/index.md',
  'docs/:path(.*)': ':path',
};

/** The address of a file of the repository in the site; `undefined` for what is no page of it. */
function addressOf(file) {
  const path = relative(repository, file).split(sep).join('/');
  const folder = /^packages\/([^/]+)\/?$/.exec(path);
  if (folder !== null) return `/packages/${folder[1]}`;
  if (path === '' || path === 'README.md') return '/';
  if (!path.endsWith('.md')) return undefined;
  const exact = rewrites[path];
  if (exact !== undefined) return `/${exact.replace(/(index)?\.md$/, '')}`;
  return path.startsWith('docs/') ? `/${path.slice(5).replace(/((README|index))?\.md$/, '')}` : undefined;
}

/**
 * markdown-it: a relative link leads to the page that the file has become. What is no page (source, examples, results)
 * is in the repository, and named as text, for the site knows no address of it.
 */
export function linksOfTheSite(markdown) {
  markdown.core.ruler.push('links-of-the-site', ({ tokens, env }) => {
    const page = resolve(repository, env.realPath ?? env.relativePath);
    for (const { children } of tokens.filter(({ type }) => type === 'inline')) {
      const open = [];
      for (const token of children) {
        if (token.type === 'link_open') {
          open.push(token);
          const [path, hash] = token.attrGet('href').split('#');
          if (path === '' || /^([a-z]+:|\/)/i.test(path)) continue;
          const address = addressOf(resolve(dirname(page), decodeURI(path)));
          if (address !== undefined)
            token.attrSet('href', hash === undefined ? address : `${address}#${hash}`);
          else Object.assign(token, { tag: 'span', attrs: [['title', `${path}, in the repository`]] });
        } else if (token.type === 'link_close') token.tag = open.pop().tag;
      }
    }
  });
}

const escape = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** markdown-it: indented blocks of the reference, which are those of docstrings, are formulas. */
export function formulasOfDocstrings({ renderer }) {
  const { code_block: code, math_inline: inline, math_block: display } = renderer.rules;
  renderer.rules.code_block = (tokens, at, options, env, self) => {
    if (!env.relativePath.startsWith('reference/')) return code(tokens, at, options, env, self);
    const typeset = (rule, tex) => rule([{ content: tex }], 0, options, env, self);
    const { tex, rows } = formulaOf(tokens[at].content);
    if (tex !== undefined) return typeset(display, tex);
    const segment = (part) => (part.tex === undefined ? escape(part.text) : typeset(inline, part.tex));
    const lines = rows.map(({ label, cells }) => {
      const rest = cells.map((cell) => `<td>${cell.map(segment).join(' ')}</td>`);
      return `<tr><th scope="row">${escape(label)}</th>${rest.join('')}</tr>`;
    });
    return `<table class="formulas" tabindex="0"><tbody>${lines.join('')}</tbody></table>`;
  };
}
