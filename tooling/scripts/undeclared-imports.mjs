import { builtinModules } from 'node:module';
import { posix } from 'node:path';
import ts from 'typescript';

/**
 * What the declarations of a packed package import that an install of it does not bring: a package that is built into ours is
 * there for whoever runs it, and its types are not. Only declarations count that its entries lead to.
 *
 * @param tarball of `@arethetypeswrong/core`: a package's files by their path
 */
export function undeclaredImports(tarball) {
  const rootOf = (path) => `/node_modules/${tarball.packageName}/${path}`;
  const { name, exports, dependencies, peerDependencies } = JSON.parse(
    tarball.readFile(rootOf('package.json')),
  );
  const brought = new Set([name, ...Object.keys({ ...dependencies, ...peerDependencies })]);
  const problems = new Set();
  const reached = new Set(
    Object.values(exports).flatMap(({ types }) => (types ? [rootOf(posix.normalize(types))] : [])),
  );
  // A set's loop goes on to what is added meanwhile.
  for (const file of reached) {
    if (!tarball.fileExists(file)) {
      problems.add(`${file} is imported by a declaration and is not in the package`);
      continue;
    }
    for (const { fileName } of ts.preProcessFile(tarball.readFile(file)).importedFiles) {
      if (fileName.startsWith('.')) {
        reached.add(posix.join(posix.dirname(file), fileName.replace(/\.js$/, '.d.ts')));
        continue;
      }
      const [scope, part] = fileName.split('/');
      const imported = scope.startsWith('@') ? `${scope}/${part}` : scope;
      const isNode = imported.startsWith('node:') || builtinModules.includes(imported);
      if (!isNode && !brought.has(imported))
        problems.add(`${file} imports ${fileName}, which no install brings`);
    }
  }
  return [...problems];
}
