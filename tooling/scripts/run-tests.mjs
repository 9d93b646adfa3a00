import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runMeanwhile } from './workspace.mjs';

/**
 * Runs Vitest with these words, such as the names of files: its exit status, what each file of tests came to, and the errors that
 * belong to none, as tooling/test/summary-reporter.mjs tells them.
 */
export async function runTests(...words) {
  const folder = mkdtempSync(join(tmpdir(), 'dist-gan-tests-'));
  const summary = join(folder, 'summary.json');
  process.env.DIST_GAN_TEST_SUMMARY = summary;
  const reporters = ['--reporter=default', '--reporter=./tooling/test/summary-reporter.mjs'];
  const status = await runMeanwhile('pnpm', 'unit', ...reporters, ...words);
  // Vitest that ends before its end, or does not begin, leaves none.
  const told = existsSync(summary) ? JSON.parse(readFileSync(summary, 'utf8')) : undefined;
  rmSync(folder, { recursive: true });
  return told === undefined ? { status: status || 1, files: [], errors: [] } : { status, ...told };
}
