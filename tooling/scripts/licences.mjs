/**
 * `npm run licences`: lists whose code the published packages bring, with its licence, and ends with an error where a licence is not one
 * of those below. With `--all` the tools of the workspace, too.
 */
import { capture } from './workspace.mjs';

/** They ask for a notice, or for nothing; all may be combined with Apache-2.0. */
const permissive = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'Python-2.0',
]);

/** What is not permissive, or not named in the manifest, and why it may be there nevertheless. */
const looked = [
  [
    /^@img\/sharp-libvips-/,
    'LGPL-3.0-or-later',
    'a library of its own beside sharp, which anybody may replace',
  ],
  [/^lightningcss(-|$)/, 'MPL-2.0', 'a tool of the workspace, in nothing that is published'],
  [/^spawndamnit$/, 'Unknown', 'a tool of the workspace; MIT in its LICENSE file'],
];

/** All of `A AND B`, any of `A OR B`. */
const permitted = (licence) =>
  licence
    .replace(/[()]/g, '')
    .split(' AND ')
    .every((all) => all.split(' OR ').some((any) => permissive.has(any.trim())));

const all = process.argv.includes('--all');
const words = ['licenses', 'list', '--json', ...(all ? [] : ['--prod'])];
const { status, stdout, stderr, error } = capture('pnpm', ...words);
// Where nothing is installed pnpm says so in words, and is content.
if (status !== 0 || !/^\{\s*"/.test(stdout)) {
  console.error(`error: pnpm lists no licences; install first\n${stderr}${stdout}${error ?? ''}`);
  process.exit(2);
}
const byLicence = Object.entries(JSON.parse(stdout)).toSorted(([a], [b]) => (a < b ? -1 : 1));
for (const [licence, packages] of byLicence) {
  console.log(`${licence}: ${packages.length}`);
  for (const { name, versions } of packages) {
    const exception = looked.find(([pattern, of]) => of === licence && pattern.test(name));
    const good = exception !== undefined || permitted(licence);
    console.log(
      `  ${name} ${versions.join(', ')}${exception ? ` (${exception[2]})` : ''}${good ? '' : ': NOT LOOKED AT'}`,
    );
    if (!good) process.exitCode = 1;
  }
}
if (process.exitCode === 1)
  console.error('A licence above is not known to be permissive: see tooling/scripts/licences.mjs.');
