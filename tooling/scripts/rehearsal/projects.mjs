/**
 * The empty projects of the rehearsal. Each has what its manifest depends on, files, and steps: a command or `check`, and what
 * its output has to say.
 */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { published } from '../tarballs.mjs';
import { answerOfPage } from './page.mjs';

const web = fileURLToPath(new URL('web', import.meta.url));
const tensorflow = Object.fromEntries(
  ['core', 'layers', 'backend-cpu'].map((name) => [`@tensorflow/tfjs-${name}`, '4.22.0']),
);

/** What the program in `web` uses. */
const parts = (version) => ({
  ...Object.fromEntries(
    ['architectures', 'datasets', 'losses', 'methods', 'trainer'].map((name) => [
      `@dist-gan/${name}`,
      version,
    ]),
  ),
  ...tensorflow,
});

/** What it computes: a penalty in closed form, and four points of a generator. */
const answer = 'penalty 16, points 4';

const copyWeb = (folder) => cpSync(web, folder, { recursive: true });

/** The command line, installed by one manager. */
const commandLine = (manager) => ({
  manager,
  dependencies: (version) => ({ 'dist-gan': version }),
  steps: ({ run, version }) => [
    { name: 'version', command: [...run, 'dist-gan', '--version'], says: version },
    {
      name: 'train',
      command: [...run, 'dist-gan', 'train', 'gaussian-grid', '--steps=3'],
      says: 'report.html',
    },
  ],
});

/** The package of npm that holds Node's binary for this machine. */
const nodePackage = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;

/** The command line and the program on another Node. */
const onNode = (major) => ({
  dependencies: (version) => ({
    'dist-gan': version,
    ...parts(version),
    [nodePackage]: String(major),
  }),
  prepare: copyWeb,
  steps: ({ folder }) => {
    const node = join(folder, 'node_modules', nodePackage, 'bin/node');
    return [
      { name: 'node', command: [node, '--version'], says: `v${major}.` },
      { name: 'program', command: [node, 'main.mjs'], says: answer },
      {
        name: 'train',
        command: [node, 'node_modules/dist-gan/dist/bin.js', 'train', 'gaussian-grid', '--steps=3'],
        says: 'report.html',
      },
    ];
  },
});

/** A bundler's build of the page, looked at in Chromium. */
const bundled = (tools, built, ...command) => ({
  dependencies: (version) => ({ ...parts(version), ...tools }),
  prepare: copyWeb,
  steps: ({ folder }) => [
    { name: 'build', command: ['npx', '--no-install', ...command] },
    { name: 'page', check: () => answerOfPage(join(folder, built)), says: answer },
  ],
});

/** Every entry of every package, in a file that TypeScript looks at without leaving out any declaration. */
function everyEntry() {
  const entries = published.flatMap(({ manifest }) =>
    Object.keys(manifest.exports)
      .filter((key) => !key.endsWith('.json'))
      .map((key) => `${manifest.name}${key.slice(1)}`),
  );
  const lines = entries.map((entry, at) => `import * as entry${at} from '${entry}';`);
  return `${lines.join('\n')}\n\nexport const entries = [${entries.map((_, at) => `entry${at}`).join(', ')}];\n`;
}

/** An error that TypeScript finds in what we published, or in how it is imported. */
const ours = /^(every-entry\.ts|node_modules\/(@dist-gan\/[^/]+|dist-gan)\/)/m;

const strict = {
  strict: true,
  skipLibCheck: false,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  noPropertyAccessFromIndexSignature: true,
  verbatimModuleSyntax: true,
  target: 'es2022',
  noEmit: true,
};

const typescript = (version) => ({
  dependencies: (ours) => ({
    ...Object.fromEntries(published.map(({ manifest }) => [manifest.name, ours])),
    ...tensorflow,
    typescript: version,
    '@types/node': '20',
    vitest: '4',
  }),
  files: {
    'every-entry.ts': everyEntry(),
    'tsconfig.node.json': JSON.stringify({
      compilerOptions: { ...strict, module: 'nodenext', types: ['node'] },
      files: ['every-entry.ts'],
    }),
    'tsconfig.bundler.json': JSON.stringify({
      compilerOptions: { ...strict, module: 'esnext', moduleResolution: 'bundler', types: ['node'] },
      files: ['every-entry.ts'],
    }),
  },
  steps: () =>
    ['node', 'bundler'].map((name) => ({
      name,
      command: ['npx', '--no-install', 'tsc', '--pretty', 'false', '--project', `tsconfig.${name}.json`],
      // TensorFlow.js's own declarations do not pass: they are counted among nobody's errors here.
      accepts: ({ ok, output }) => ok || (/error TS\d+/.test(output) && !ours.test(output)),
    })),
});

/** Another runtime, which installs and runs the program. Its binary comes with npm. */
const runtime = (name, install, run) => ({
  dependencies: parts,
  prepare: copyWeb,
  install: ({ tools }) => [join(tools, 'node_modules/.bin', name), ...install],
  steps: ({ tools }) => [
    {
      name: 'program',
      command: [join(tools, 'node_modules/.bin', name), ...run, 'main.mjs'],
      says: answer,
    },
  ],
});

export const projects = {
  npm: commandLine('npm'),
  pnpm: commandLine('pnpm'),
  'yarn-classic': commandLine('yarn-classic'),
  yarn: commandLine('yarn'),
  npx: {
    dependencies: () => ({}),
    steps: ({ version }) => [
      {
        name: 'train',
        command: ['npx', '--yes', `dist-gan@${version}`, 'train', 'gaussian-grid', '--steps=3'],
        says: 'report.html',
      },
    ],
  },
  'node-20': onNode(20),
  'node-22': onNode(22),
  'node-24': onNode(24),
  'node-26': onNode(26),
  'typescript-5': typescript('5'),
  'typescript-7': typescript('7'),
  esbuild: bundled(
    { esbuild: 'latest' },
    'out-esbuild',
    'esbuild',
    'main.mjs',
    'index.html',
    '--loader:.html=copy',
    '--out-extension:.js=.mjs',
    '--bundle',
    '--format=esm',
    '--minify',
    '--outdir=out-esbuild',
  ),
  vite: bundled({ vite: 'latest' }, 'out-vite', 'vite', 'build', '--outDir', 'out-vite'),
  webpack: bundled(
    { webpack: 'latest', 'webpack-cli': 'latest' },
    'out-webpack',
    'webpack',
    '--mode',
    'production',
    '--entry',
    './main.mjs',
    '--output-path',
    'out-webpack',
    '--output-filename',
    'main.mjs',
  ),
  next: bundled({ next: 'latest', react: 'latest', 'react-dom': 'latest' }, 'out-next', 'next', 'build'),
  deno: runtime('deno', ['install', '--minimum-dependency-age=0'], ['run', '--allow-all']),
  bun: runtime('bun', ['install'], ['run']),
};
