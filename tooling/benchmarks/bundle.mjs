/** Bundles `ours/*-peer.ts` into `dist/`: the workspace's packages from source, everything else from node_modules. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));

export async function bundlePeers(names) {
  await build({
    entryPoints: names.map((name) => join(here, 'ours', `${name}.ts`)),
    outdir: join(here, 'dist'),
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    conditions: ['@dist-gan/source'],
    external: ['@tensorflow/*', 'onnxruntime-*', '@jax-js/*'],
    outExtension: { '.js': '.mjs' },
    sourcemap: true,
    logLevel: 'warning',
  });
  return Object.fromEntries(names.map((name) => [name, join(here, 'dist', `${name}.mjs`)]));
}
