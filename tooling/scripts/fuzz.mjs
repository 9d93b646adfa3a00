/**
 * Gives every reader of file formats 100,000 damaged files, slow readers a part of them: `pnpm fuzz`, or so many as are
 * named, or some readers alone: `pnpm fuzz 5000 tiff`.
 */
import { spawnSync } from 'node:child_process';

const [inputs = '100000', name] = process.argv.slice(2);
const chosen = name === undefined ? [] : ['--testNamePattern', name];
const { status } = spawnSync('pnpm', ['vitest', 'run', 'tooling/fuzz', ...chosen], {
  stdio: 'inherit',
  env: { ...process.env, DIST_GAN_FUZZ_INPUTS: inputs },
});
process.exitCode = status ?? 1;
