/** Gives every reader of file formats 100,000 damaged files: `pnpm fuzz`, or so many as are named: `pnpm fuzz 5000`. */
import { spawnSync } from 'node:child_process';

const [inputs = '100000'] = process.argv.slice(2);
const { status } = spawnSync('pnpm', ['vitest', 'run', '--project', 'plain', 'tooling/fuzz'], {
  stdio: 'inherit',
  env: { ...process.env, DIST_GAN_FUZZ_INPUTS: inputs },
});
process.exitCode = status ?? 1;
