/**
 * `npm run api`: writes what each package exports into api/<package>.d.ts, from the built declarations: every entry with its exports in
 * the order of their names, without comments, then what these name and the package does not export. `npm test` calls it with
 * `--check`, so that no change of a public name or type goes unseen in a review.
 */
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { published } from './tarballs.mjs';
import { root } from './workspace.mjs';

const folder = join(root, 'api');
const printer = ts.createPrinter({ removeComments: true });

/** The declaration files of a package's entries, by their names for an importer. */
function entriesOf({ path, manifest }) {
  return Object.entries(manifest.exports).flatMap(([key, target]) =>
    typeof target === 'string' ? [] : [[`${manifest.name}${key.slice(1)}`, join(path, target.types)]],
  );
}

const entries = published.map((one) => ({ ...one, entries: entriesOf(one) }));
const program = ts.createProgram(
  entries.flatMap((one) => one.entries.map(([, file]) => file)),
  {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    types: ['node'],
    noEmit: true,
  },
);
const checker = program.getTypeChecker();

const resolved = (symbol) =>
  symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;

/** What is printed for a declaration: of a constant, its whole statement. */
const statementOf = (node) => (ts.isVariableDeclaration(node) ? node.parent.parent : node);

/** A symbol's declarations, and the symbols of the same package that they name. */
function described(symbol, within) {
  const statements = [...new Set((symbol.declarations ?? []).map(statementOf))];
  const named = new Set();
  const visit = (node) => {
    if (ts.isIdentifier(node)) {
      const found = checker.getSymbolAtLocation(node);
      const other = found && resolved(found);
      const declaration = other?.declarations?.[0];
      const declares = declaration && ts.isSourceFile(statementOf(declaration).parent ?? declaration);
      if (declares && declaration.getSourceFile().fileName.startsWith(within)) named.add(other);
    }
    ts.forEachChild(node, visit);
  };
  statements.forEach(visit);
  const text = statements.map((node) =>
    printer.printNode(ts.EmitHint.Unspecified, node, node.getSourceFile()),
  );
  return { text: text.join('\n'), named };
}

const byName = (a, b) => (a.name < b.name ? -1 : 1);

function describe({ path, entries: ofPackage }) {
  // TypeScript writes its paths with slashes, on Windows too.
  const within = `${join(path, 'dist').replaceAll('\\', '/')}/`;
  const lines = [];
  const seen = new Set();
  const waiting = [];
  for (const [name, file] of ofPackage) {
    const source = program.getSourceFile(file);
    const module = checker.getSymbolAtLocation(source);
    lines.push(`// ${name}\n`);
    for (const exported of checker.getExportsOfModule(module).toSorted(byName)) {
      const symbol = resolved(exported);
      if (symbol.declarations?.some((node) => node.getSourceFile().fileName.startsWith(within)) !== true)
        lines.push(`// ${exported.name}: of another package\n`);
      else if (seen.has(symbol)) lines.push(`// ${exported.name}: as above\n`);
      else {
        seen.add(symbol);
        const { text, named } = described(symbol, within);
        lines.push(exported.name === symbol.name ? `${text}\n` : `// ${exported.name} is\n${text}\n`);
        waiting.push(...named);
      }
    }
  }
  const unexported = [];
  for (let symbol = waiting.pop(); symbol !== undefined; symbol = waiting.pop()) {
    if (seen.has(symbol)) continue;
    seen.add(symbol);
    const { text, named } = described(symbol, within);
    unexported.push({ name: symbol.name, text });
    waiting.push(...named);
  }
  if (unexported.length > 0) lines.push('// named above, and not exported\n');
  lines.push(
    ...unexported
      .toSorted((a, b) => byName(a, b) || byName({ name: a.text }, { name: b.text }))
      .map(({ text }) => `${text}\n`),
  );
  return lines.join('\n');
}

const missing = entries
  .flatMap((one) => one.entries.map(([, file]) => file))
  .find((file) => !existsSync(file));
if (missing !== undefined) {
  console.error(`error: ${missing} is not there; run pnpm build first`);
  process.exit(2);
}
const files = new Map(entries.map((one) => [`${one.folder}.d.ts`, describe(one)]));
if (process.argv.includes('--check')) {
  const known = new Map(readdirSync(folder).map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
  for (const file of [...new Set([...files.keys(), ...known.keys()])].toSorted()) {
    const [is, was] = [files.get(file) ?? '', known.get(file) ?? ''].map((text) => text.split('\n'));
    const changed = [
      ...was.filter((line) => !is.includes(line)).map((line) => `- ${line}`),
      ...is.filter((line) => !was.includes(line)).map((line) => `+ ${line}`),
    ];
    if (is.join('\n') === was.join('\n')) continue;
    process.exitCode = 1;
    console.error(`api/${file} is not what the package exports now:`);
    console.error(changed.length > 0 ? changed.join('\n') : 'its lines stand in another order');
  }
  if (process.exitCode === 1)
    console.error(
      'If that is meant: npm run api (after a build) writes the files, which belong into the commit.',
    );
} else {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  for (const [file, text] of files) writeFileSync(join(folder, file), text);
}
