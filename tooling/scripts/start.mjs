/** `npm start`: install, build the code, then train Dist-GAN on the 25-Gaussian grid; arguments pass through. */
import { spawnSync } from 'node:child_process';
import { install, requireSupportedNode, root } from './workspace.mjs';

requireSupportedNode();
const installed = install();
if (installed !== 0) process.exit(installed);
// It needs what has just been installed.
const { buildCode } = await import('../build/code.mjs');
console.log('Building...');
await buildCode();

// Ctrl-C reaches the training as well, which ends cleanly by itself: wait for it.
process.on('SIGINT', () => {});
const { status } = spawnSync(
  process.execPath,
  ['packages/cli/dist/bin.js', 'train', 'gaussian-grid', ...process.argv.slice(2)],
  { cwd: root, stdio: 'inherit' },
);
process.exit(status ?? 1);
