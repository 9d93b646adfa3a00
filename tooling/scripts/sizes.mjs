/**
 * `npm run sizes`: what a page has to load for the parts that are useful alone, bundled by esbuild from the built packages, minified and
 * gzipped; TensorFlow.js and ONNX Runtime, which the page has itself, are not counted. More than the limit is an error.
 */
import { basename, join, relative, sep } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { root } from './workspace.mjs';

const parts = [
  {
    what: 'one loss, beside the table of gradients that every loss brings',
    from: 'losses',
    exports: ['hingeDiscriminatorLoss', 'hingeGeneratorLoss'],
    without: ['@dist-gan/gradients'],
    limit: 2,
  },
  {
    what: 'a gradient penalty, with that table',
    from: 'losses',
    exports: ['gradientPenalty', 'interpolate'],
    limit: 13,
  },
  {
    what: 'the compiler, without what only Node loads: to load TensorFlow, to run and write its graphs, to measure threads',
    from: 'compiler',
    exports: ['compile'],
    later: ['program', 'runtime', 'fusions', 'save-graph', 'fastest-program'],
    limit: 40,
  },
];

/** A chunk and all that it loads, now or later, but what is named: as files of a package, without the hash in their names. */
function chunksFrom(chunk, outputs, later, found = new Set()) {
  if (found.has(chunk)) return found;
  found.add(chunk);
  for (const { path, kind, external } of outputs[chunk].imports) {
    if (
      external ||
      (kind === 'dynamic-import' && later.some((name) => basename(path).startsWith(`${name}-`)))
    )
      continue;
    chunksFrom(path, outputs, later, found);
  }
  return found;
}

async function kilobytes({ from, exports, without = [], later = [] }) {
  const { outputFiles, metafile } = await build({
    stdin: {
      contents: `export { ${exports.join(', ')} } from ${JSON.stringify(join(root, 'packages', from, 'dist/index.js'))};`,
      resolveDir: root,
    },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    external: ['@tensorflow/*', 'onnxruntime-*', 'node:*', ...without],
    write: false,
    metafile: true,
    splitting: true,
    outdir: 'bundle',
    logLevel: 'error',
  });
  const [entry] = Object.keys(metafile.outputs).filter(
    (name) => metafile.outputs[name].entryPoint === '<stdin>',
  );
  const loaded = chunksFrom(entry, metafile.outputs, later);
  const counted = outputFiles.filter(({ path }) =>
    loaded.has(relative(process.cwd(), path).split(sep).join('/')),
  );
  if (counted.length < loaded.size)
    throw new Error(
      `of ${[...loaded].join(', ')} only ${counted.length} were found among what esbuild wrote`,
    );
  return counted.reduce((sum, { contents }) => sum + gzipSync(contents, { level: 9 }).length, 0) / 1000;
}

for (const part of parts) {
  const size = await kilobytes(part);
  const within = size <= part.limit;
  console.log(
    `${within ? 'ok' : 'TOO LARGE'}: ${part.what}, ${size.toFixed(1)} kB gzipped of ${part.limit} kB`,
  );
  if (within) continue;
  process.exitCode = 1;
  console.error(
    `what a page does not always need is loaded when it is used (\`await import\`); if all of it is needed, raise the limit of ${part.from} in tooling/scripts/sizes.mjs`,
  );
}
