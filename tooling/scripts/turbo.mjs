/** Runs turbo without its reports to its makers and its look for newer versions; arguments pass through. */
import { spawnSync } from 'node:child_process';
import { root } from './workspace.mjs';
import { silent } from './silent.mjs';

const { status, error } = spawnSync('turbo', process.argv.slice(2), {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, ...silent },
  shell: process.platform === 'win32',
});
if (error) console.error(`error: turbo could not be run (${error.message}); run this as pnpm build`);
process.exit(status ?? 1);
