/**
 * `pnpm readmes [package or page...]`: does what a newcomer does. Packs the built packages, and for each README and each page
 * of the documentation (`docs/guide/long-runs`) makes an empty project, installs what it says with the tarballs in the place of our own packages, and
 * runs every TypeScript or JavaScript example as a file of its own. With `--registry=<address>` our packages come from there.
 *
 * An example that reads files says in an HTML comment before it which: `<!-- run with: pictures -->`, see
 * `readmes/files.mjs`. One that cannot run alone says why: `<!-- not run: needs ... -->`. One whose first line names a
 * `.test.ts` file is run by vitest.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import ts from 'typescript';
import { dataFolder, makers } from './readmes/files.mjs';
import { packInto, published as packages } from './tarballs.mjs';
import { root } from './workspace.mjs';

/** Each example must be over within this. */
const seconds = 120;

const workshop = mkdtempSync(join(tmpdir(), 'dist-gan-readmes-'));

function command(file, args, cwd, options = {}) {
  const { status, stdout, stderr, error } = spawnSync(file, args, {
    cwd,
    encoding: 'utf8',
    // What fetches CUDA files while ONNX Runtime is installed is not wanted.
    env: { ...process.env, ONNXRUNTIME_NODE_INSTALL: 'skip', DIST_GAN_DATA: join(cwd, dataFolder) },
    ...options,
  });
  return { ok: status === 0, output: `${stdout ?? ''}${stderr ?? ''}${error ? String(error) : ''}` };
}

/** The packages that the README's `npm install` lines name, without flags. */
function installed(readme) {
  const lines = [...readme.matchAll(/^```sh\n([\s\S]*?)^```/gm)]
    .flatMap(([, block]) => block.replace(/\\\n/g, ' ').split('\n'))
    .flatMap((line) => /^(?:\w+=\S+ )*(npm install .*)/.exec(line)?.[1] ?? []);
  const words = lines.flatMap((line) => line.replace(/#.*/, '').split(/\s+/).slice(2));
  return [...new Set(words.filter((word) => word !== '' && !word.startsWith('-')))];
}

/** Every example with its number, the files that it reads, and the reason why it is not run where there is one. */
function examplesOf(readme) {
  const fences = [
    ...readme.matchAll(/(?:<!-- (not run|run with): ([^>]*?) -->\n+)?^```(?:ts|js|mjs)\n([\s\S]*?)^```/gm),
  ];
  return fences.map(([, kind, words, code], at) => ({
    number: at + 1,
    code,
    ...(kind === 'not run' && { reason: words }),
    files: kind === 'run with' ? words.split(/,\s*/) : [],
  }));
}

/** A README belongs to a package, which whoever reads it has; other pages name all that they need. */
function makeProject({ name, own, text }, tarballs) {
  const folder = join(workshop, name);
  mkdirSync(join(folder, dataFolder), { recursive: true });
  const dependencies = Object.fromEntries(
    [...own, ...installed(text)].flatMap((word) => {
      const at = word.indexOf('@', 1);
      const [id, version] = at < 0 ? [word, 'latest'] : [word.slice(0, at), word.slice(at + 1)];
      if (tarballs.has(id)) return [[id, tarballs.get(id)]];
      return id.startsWith('@dist-gan/') ? [] : [[id, version]];
    }),
  );
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({
      name: 'newcomer',
      type: 'module',
      dependencies,
      ...(registry === undefined && { overrides: Object.fromEntries(tarballs) }),
    }),
  );
  const from = registry === undefined ? [] : [`--registry=${registry}`];
  return {
    folder,
    ...command('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', ...from], folder),
  };
}

/** Makes the files that an example reads; says what cannot be made. */
function missing(folder, { files }) {
  for (const name of files) {
    const without = makers[name](folder);
    if (without !== undefined) return without;
  }
  return undefined;
}

function run(folder, { number, code }) {
  const test = /^\/\/ (\S+\.test\.ts)\n/.exec(code)?.[1];
  if (test !== undefined) {
    writeFileSync(join(folder, test), code);
    return command('npx', ['vitest', 'run', test], folder, { timeout: seconds * 1000 });
  }
  const { outputText } = ts.transpileModule(code, {
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
  });
  const file = join(folder, `example-${number}.mjs`);
  writeFileSync(file, outputText);
  return command(process.execPath, [file], folder, { timeout: seconds * 1000 });
}

const page = (name, path, own = []) => ({ name, own, text: readFileSync(path, 'utf8') });
const documentation = ['.', 'guide', 'methods', 'inside', 'reproduction', 'contributing'].flatMap((folder) =>
  readdirSync(join(root, 'docs', folder))
    .filter((file) => file.endsWith('.md'))
    .map((file) => join(folder, file)),
);
const pages = [
  page('README', join(root, 'README.md')),
  ...packages.map(({ folder, path }) => page(folder, join(path, 'README.md'), [`@dist-gan/${folder}`])),
  ...documentation.map((file) =>
    page(`docs/${file.replaceAll('\\', '/').replace(/\.md$/, '')}`, join(root, 'docs', file)),
  ),
];

const { values, positionals: wanted } = parseArgs({
  options: { registry: { type: 'string' } },
  allowPositionals: true,
});
const { registry } = values;
const unknown = wanted.filter((name) => !pages.some((page) => page.name === name));
if (unknown.length > 0) {
  console.error(`error: there is no package or page ${unknown.join(', ')}`);
  process.exit(2);
}

let failures = 0;
try {
  const tarballs =
    registry === undefined
      ? packInto(join(workshop, 'tarballs'))
      : new Map(packages.map(({ manifest }) => [manifest.name, 'latest']));
  for (const page of pages) {
    const { name, text } = page;
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    const examples = examplesOf(text);
    if (examples.length === 0) continue;
    const project = makeProject(page, tarballs);
    if (!project.ok) {
      failures++;
      console.error(`FAILED: ${name} cannot be installed\n${project.output}`);
      continue;
    }
    for (const example of examples) {
      const title = `${name}, example ${example.number}`;
      const reason = example.reason ?? missing(project.folder, example);
      if (reason !== undefined) {
        console.log(`not run: ${title} (${reason})`);
        continue;
      }
      const { ok, output } = run(project.folder, example);
      console.log(`${ok ? 'ok' : 'FAILED'}: ${title}`);
      if (ok) continue;
      failures++;
      console.error(output);
    }
  }
} finally {
  rmSync(workshop, { recursive: true, force: true });
}
process.exitCode = failures > 0 ? 1 : 0;
