/** Runs turbo, which asks for the pinned pnpm, without its reports to its makers and its look for newer versions; arguments pass through. */
import { run } from './workspace.mjs';

process.exit(run('pnpm', 'turbo', ...process.argv.slice(2)));
