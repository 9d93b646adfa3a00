/**
 * Checks that Python's TensorFlow loads the SavedModels that the compiler writes and gives the same numbers.
 * Makes a virtual environment with TensorFlow beside that of the peers, once.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundlePeers } from './bundle.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const environment = join(here, '.venv', 'tensorflow');
const python = join(environment, 'bin', 'python');

function run(command, ...parameters) {
  const { status } = spawnSync(command, parameters, { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

if (!existsSync(python)) {
  run('python3', '-m', 'venv', environment);
  run(python, '-m', 'pip', 'install', '--quiet', 'tensorflow-cpu==2.18.1');
}
const bundles = await bundlePeers(['saved-models']);
const folder = mkdtempSync(join(tmpdir(), 'dist-gan-saved-models-'));
try {
  run(process.execPath, bundles['saved-models'], folder);
  run(python, join(here, 'peers', 'saved_models.py'), folder);
} finally {
  rmSync(folder, { recursive: true });
}
