/**
 * GAN Lab's page, out of a clone of its repository (see README.md): its own elements, drawing, model and loop. Its Polymer 1 stands on
 * what browsers no longer have (HTML imports, `registerElement`) and came by Bower; in its place stand the few lines that the page
 * needs to begin. Its lists of choices stay empty, so it trains what it begins with.
 */
import { copyFileSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const clone = fileURLToPath(new URL('.gan-lab', import.meta.url));

const polymer = `
  window.Polymer = { Class: ({ is }) => Object.assign(class extends HTMLElement { connectedCallback() { this.ready(); } }, { is }) };
  document.registerElement = (_, element) => customElements.define(element.is, element);
`;

/** @param {string} folder for the files of the page */
export async function makeGanLabPage(folder) {
  const { build } = await import('esbuild');
  mkdirSync(folder, { recursive: true });
  await build({
    stdin: {
      contents:
        "import * as tf from '@tensorflow/tfjs-core';" +
        "const backend = new URLSearchParams(location.search).get('backend');" +
        'if (backend) tf.setBackend(backend); globalThis.backendOfPage = () => tf.getBackend();' +
        "import('./demo/ganlab.ts');",
      resolveDir: clone,
    },
    bundle: true,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    // Its settings name an older language than class fields are of.
    tsconfigRaw: { compilerOptions: { useDefineForClassFields: false } },
    outfile: join(folder, 'bundle.js'),
    logLevel: 'error',
  });
  for (const name of ['images', 'pretrained_models'])
    cpSync(join(clone, 'demo', name), join(folder, name), { recursive: true });
  copyFileSync(join(clone, 'node_modules/chart.js/dist/Chart.bundle.min.js'), join(folder, 'chart.js'));
  const source = readFileSync(join(clone, 'demo/ganlab.html'), 'utf8');
  const [, style] = /<style>([\s\S]*?)<\/style>/.exec(source);
  // Up to the last: there are templates within it.
  const [, content] = /<\/style>\s*<template>([\s\S]*)<\/template>/.exec(source);
  writeFileSync(
    join(folder, 'index.html'),
    `<!doctype html><meta charset="utf-8"><title>GAN Lab</title><style>${style}</style><script>${polymer}</script>
<script src="chart.js"></script><gan-lab>${content}</gan-lab><script src="bundle.js"></script>`,
  );
}
