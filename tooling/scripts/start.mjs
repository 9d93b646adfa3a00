/** `npm start`: install, build, then train Dist-GAN on the 25-Gaussian grid; arguments pass through. */
import { spawnSync } from 'node:child_process';
import { build, install, requireSupportedNode, root } from './workspace.mjs';

requireSupportedNode();
for (const step of [install, build]) {
  const status = step();
  if (status !== 0) process.exit(status);
}

// Ctrl-C reaches the training as well, which ends cleanly by itself: wait for it.
process.on('SIGINT', () => {});
const { status } = spawnSync(
  process.execPath,
  ['packages/cli/dist/bin.js', 'train', 'gaussian-grid', ...process.argv.slice(2)],
  { cwd: root, stdio: 'inherit' },
);
process.exit(status ?? 1);
