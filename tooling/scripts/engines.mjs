/**
 * Brings the engines that npm does not install, for the tests that need them: TensorFlow, into the user's folder
 * for caches. Once; later calls find it there.
 */
import { join } from 'node:path';
import { build, install, requireSupportedNode, root, run } from './workspace.mjs';

requireSupportedNode();
for (const step of [install, build]) {
  const status = step();
  if (status !== 0) process.exit(status);
}
process.exitCode = run('node', join(root, 'packages', 'cli', 'dist', 'bin.js'), 'setup', 'tensorflow');
