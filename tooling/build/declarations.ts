import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';

/** Files of entries; or files by the names that their entries have in `dist`. */
export type Entries = string[] | Record<string, string>;

/**
 * Writes the declarations of the package in the working directory into its `dist`, one file a source file, by the native
 * compiler: bundling declarations with the compiler in JavaScript took nine tenths of a build's time.
 *
 * An entry that is called otherwise in `dist` than in `src` gets a file that says where it is.
 */
export function writeDeclarations(entries: Entries): void {
  // `customConditions` is emptied: other packages are seen as their users see them, by their own declarations.
  const options = [
    '--project',
    'tsconfig.json',
    '--emitDeclarationOnly',
    '--declaration',
    '--sourceMap',
    'false',
  ];
  const { status } = spawnSync(process.execPath, [compiler(), ...options, '--customConditions', ''], {
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(1); // the compiler has said why
  // Those that stand beside JavaScript are written by hand.
  for (const file of readdirSync('src', { encoding: 'utf8', recursive: true })) {
    if (file.endsWith('.d.ts')) cpSync(join('src', file), join('dist', file));
  }
  if (Array.isArray(entries)) return;
  for (const [name, source] of Object.entries(entries)) {
    if (!source.endsWith('.ts')) continue;
    const file = join('dist', `${name}.d.ts`);
    const declared = `./${relative('src', source).replace(/\.ts$/, '.js')}`;
    if (declared === `./${name}.js`) continue;
    if (existsSync(file)) throw new Error(`${file}: an entry and a source file want the same name`);
    writeFileSync(file, `export * from '${declared}';\n`);
  }
}

/** TypeScript 7; 5.9 stands beside it for the tools that call TypeScript from JavaScript. */
function compiler(): string {
  const manifest = createRequire(import.meta.url).resolve('typescript-native/package.json');
  return join(dirname(manifest), 'bin', 'tsc');
}
