/**
 * Brings the engines that npm does not install, for the tests that need them: TensorFlow, into the user's folder
 * for caches. Once; later calls find it there.
 */
import { join } from 'node:path';
import { install, requireSupportedNode, root, run } from './workspace.mjs';

requireSupportedNode();
const installed = install();
if (installed !== 0) process.exit(installed);
// It needs what has just been installed.
const { buildCode } = await import('../build/code.mjs');
console.log('Building...');
await buildCode();
process.exitCode = run('node', join(root, 'packages', 'cli', 'dist', 'bin.js'), 'setup', 'tensorflow');
