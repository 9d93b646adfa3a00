/** Bundles `ours/*-peer.ts` into `dist/`: the workspace's packages from source, everything else from node_modules. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));

/**
 * @param {string[]} names
 * @param {{ outdir?: string, alone?: boolean }} options `alone`: with TensorFlow.js in the bundle, for where there are no node_modules but
 * ONNX Runtime's
 */
export async function bundlePeers(names, { outdir = join(here, 'dist'), alone = false } = {}) {
  // Not needed where bundles were brought.
  const { build } = await import('esbuild');
  await build({
    entryPoints: names.map((name) => join(here, 'ours', `${name}.ts`)),
    outdir,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    conditions: ['@dist-gan/source'],
    external: ['onnxruntime-*', ...(alone ? [] : ['@tensorflow/*', '@jax-js/*'])],
    ...(alone && {
      mainFields: ['module', 'main'],
      banner: {
        js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);",
      },
    }),
    outExtension: { '.js': '.mjs' },
    sourcemap: true,
    logLevel: 'warning',
  });
  return bundlesOf(names, outdir);
}

/** Where bundles that were made before are. */
export function bundlesOf(names, outdir = join(here, 'dist')) {
  return Object.fromEntries(names.map((name) => [name, join(outdir, `${name}.mjs`)]));
}
