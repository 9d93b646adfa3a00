/**
 * `npm run sizes`: what a page has to load for the parts that are useful alone, bundled by esbuild from the built packages, minified and
 * gzipped; TensorFlow.js and ONNX Runtime, which the page has itself, are not counted. More than the limit is an error.
 */
import { join } from 'node:path';
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
  // 40 is wanted; what writes its graphs (pbf) and the target TensorFlow, which no page can run, are in it.
  { what: 'the compiler', from: 'compiler', exports: ['compile'], limit: 41 },
];

async function kilobytes({ from, exports, without = [] }) {
  const { outputFiles } = await build({
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
    splitting: true,
    outdir: 'bundle',
    logLevel: 'error',
  });
  // All chunks count, those that are loaded later, too.
  return outputFiles.reduce((sum, { contents }) => sum + gzipSync(contents, { level: 9 }).length, 0) / 1000;
}

for (const part of parts) {
  const size = await kilobytes(part);
  const within = size <= part.limit;
  console.log(
    `${within ? 'ok' : 'TOO LARGE'}: ${part.what}, ${size.toFixed(1)} kB gzipped of ${part.limit} kB`,
  );
  if (!within) process.exitCode = 1;
}
