/** Bundles `ours/*-peer.ts` into `dist/`: the workspace's packages from source, everything else from node_modules. */
import { cp } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
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

/**
 * The same programs as workers of a page, whole, with the wasm files that they ask for beside them.
 *
 * @param {string[]} files in `ours/`
 * @returns {Promise<string>} the folder that holds them
 */
export async function bundleWorkers(files) {
  const { build } = await import('esbuild');
  const folder = join(here, 'dist', 'browser');
  await build({
    entryPoints: files.map((file) => join(here, 'ours', file)),
    outdir: folder,
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    // ONNX Runtime as a script and a wasm file of their own, which its threads need.
    conditions: ['@dist-gan/source', 'onnxruntime-web-use-extern-wasm'],
    // The programs of TensorFlow.js's wasm files ask for these where they find themselves in Node.
    external: ['fs', 'path', 'worker_threads', 'perf_hooks', 'os', 'crypto', 'util', 'string_decoder'],
    outExtension: { '.js': '.mjs' },
    logLevel: 'error',
  });
  const wasmFiles = [
    ...['mjs', 'wasm'].map((end) => `onnxruntime-web/dist/ort-wasm-simd-threaded.${end}`),
    ...['', '-simd', '-threaded-simd'].map(
      (kind) => `@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm${kind}.wasm`,
    ),
  ];
  for (const file of wasmFiles) await cp(join(here, 'node_modules', file), join(folder, basename(file)));
  return folder;
}
