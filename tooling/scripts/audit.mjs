/**
 * `npm run audit [-- --registry=<address>]`: asks the registry for known holes in what the published packages bring. Ends with an error where
 * there are some, and where nobody was asked: not every registry has such a list.
 */
import { capture } from './workspace.mjs';

const { stdout, stderr, error } = capture('pnpm', 'audit', '--prod', '--json', ...process.argv.slice(2));
const report = parsed(stdout);
if (report?.metadata === undefined) {
  const { message = `${stderr}${stdout}${error ?? ''}`.trim() } = report?.error ?? {};
  console.error(
    `error: nothing was audited, for the registry did not answer with a list of holes: ${message}\n` +
      'Ask one that has it: npm run audit -- --registry=https://registry.npmjs.org',
  );
  process.exit(2);
}
const holes = Object.values(report.advisories ?? {});
for (const { module_name: name, severity, title, url, patched_versions: mended } of holes)
  console.error(`${severity}: ${name}: ${title} (mended in ${mended}; ${url})`);
console.log(`${report.metadata.totalDependencies ?? 'all'} packages audited, known holes: ${holes.length}`);
process.exitCode = holes.length > 0 ? 1 : 0;

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
