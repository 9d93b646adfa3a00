import { dirname, relative, resolve } from 'node:path';
import { compilerLayers, importDirections, testOnlyImports } from './import-directions.mjs';

/**
 * Refuses what `import-directions.mjs` does not allow: packages that a package may not import, folders of the compiler that one may
 * not import, the inside of a TensorFlow.js package, and another package's `test/`.
 */
export const onlyAllowedImports = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const file = relative(context.cwd, context.physicalFilename).replaceAll('\\', '/');
    const [, name] = /^packages\/([^/]+)\/(?:src|page)\//.exec(file) ?? [];
    if (importDirections[name] === undefined) return {};
    const refusals = [ofPackages(name, file), ofCompilerLayers(file), ofInsides, ofTests(name, file)];
    const look = ({ source }) => {
      if (typeof source?.value !== 'string') return;
      for (const refusal of refusals) {
        const message = refusal(source.value);
        if (message !== undefined) context.report({ node: source, message });
      }
    };
    return {
      ImportDeclaration: look,
      ExportNamedDeclaration: look,
      ExportAllDeclaration: look,
      ImportExpression: look,
      TSImportType: look,
    };
  },
};

function ofPackages(name, file) {
  const inTests = file.endsWith('.test.ts') ? [...(testOnlyImports[name] ?? []), 'testing'] : [];
  const allowed = [name, ...importDirections[name], ...inTests];
  return (source) => {
    // The command line's package has a name of its own.
    const imported = /^dist-gan(\/|$)/.test(source) ? 'cli' : /^@dist-gan\/([^/]+)/.exec(source)?.[1];
    if (imported === undefined || allowed.includes(imported)) return undefined;
    const others = importDirections[name].join(', ') || 'no other package';
    return `${name} may import ${others}; see tooling/lint/import-directions.mjs`;
  };
}

function ofCompilerLayers(file) {
  const source = 'packages/compiler/src';
  const layerOf = (path) =>
    compilerLayers.indexOf(path.startsWith(`${source}/`) ? path.slice(source.length + 1).split('/')[0] : '');
  const at = file.endsWith('.test.ts') ? -1 : layerOf(file);
  return (imported) => {
    if (at === -1 || !imported.startsWith('.')) return undefined;
    const later = layerOf(relative('.', resolve(dirname(file), imported)).replaceAll('\\', '/'));
    if (later <= at) return undefined;
    return `${compilerLayers[at]} comes before ${compilerLayers[later]}; see "How it is built" in the README of @dist-gan/compiler`;
  };
}

function ofInsides(source) {
  if (/^@tensorflow\/[^/]+\/dist\//.test(source)) return 'never import from inside a TensorFlow.js package';
  const [, other] = /([^/]+)\/test\//.exec(source) ?? [];
  if (importDirections[other] === undefined) return undefined;
  return "a package's test/ is its own; what others need is published as @dist-gan/testing/..., or lies in tooling";
}

function ofTests(name, file) {
  if (name === 'testing' || file.endsWith('.test.ts')) return () => undefined;
  const own = `packages/${name}/test/`;
  return (source) =>
    source === 'vitest' ||
    relative('.', resolve(dirname(file), source))
      .replaceAll('\\', '/')
      .startsWith(own)
      ? 'src/ is published, and this is of tests; what several tests need belongs in test/ of the package'
      : undefined;
}
