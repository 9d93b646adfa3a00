/**
 * `npm run docs`: the documentation site, into docs/.vitepress/dist. What it is made with has a lock file of its own, so that
 * nobody else installs it. A link that leads nowhere is an error. `npm run docs -- --check` looks at the built site, in Chromium, too,
 * where there is one: docs/check/check.mjs. `npm run docs -- --serve` shows it on this machine.
 */
import { run } from './workspace.mjs';

const steps = [
  ['pnpm', '--dir', 'docs', 'install', '--ignore-workspace', '--frozen-lockfile', '--loglevel=warn'],
  ['pnpm', '--dir', 'docs', 'exec', 'typedoc'],
  ['pnpm', '--dir', 'docs', 'exec', 'vitepress', 'build'],
  ...(process.argv.includes('--check') ? [['node', 'docs/check/check.mjs']] : []),
  ...(process.argv.includes('--serve')
    ? [['pnpm', '--dir', 'docs', 'exec', 'vitepress', 'preview', '--host', '127.0.0.1']]
    : []),
];
for (const step of steps) {
  const status = run(...step);
  if (status !== 0) process.exit(status);
}
console.log('\nThe site: docs/.vitepress/dist. To look at it: npm run docs -- --serve');
