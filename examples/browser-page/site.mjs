/** Bundles the page, and serves it. */
import { createReadStream } from 'node:fs';
import { cp, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, posix } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const folder = (path) => fileURLToPath(new URL(path, import.meta.url));
const page = folder('page');
const standard = folder('dist');

/** ONNX Runtime finds its wasm file beside its own module, so it is served as it is and not bundled. */
const runtime = { prefix: '/onnxruntime-web/', folder: folder('node_modules/onnxruntime-web/dist') };

/** @param dist the folder that holds the bundled page, and nothing else */
export async function bundlePage(dist = standard) {
  await rm(dist, { recursive: true, force: true });
  await build({
    entryPoints: [join(page, 'main.mjs')],
    outdir: dist,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    minify: true,
    sourcemap: true,
    format: 'esm',
    external: ['onnxruntime-web/*'],
    // Inside this repository the packages come from source; outside, leave this line out.
    conditions: ['@dist-gan/source'],
    logLevel: 'warning',
  });
  await cp(join(page, 'index.html'), join(dist, 'index.html'));
  await cp(join(page, 'style.css'), join(dist, 'style.css'));
}

const types = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css',
  '.mjs': 'text/javascript',
  '.map': 'application/json',
  '.wasm': 'application/wasm',
};

/** What is asked for, without ways out of the folder; of what is no path, one that nothing has. */
function pathOf(url) {
  try {
    const path = posix.normalize(decodeURIComponent(new URL(url, 'http://page').pathname));
    // Windows would take it for another slash.
    return path.includes('\\') ? '/no path' : path;
  } catch {
    return '/no path';
  }
}

/**
 * @param dist where the page was bundled to
 * @returns the server, listening on this machine only; port 0 takes any that is free
 */
export async function servePage(port, dist = standard) {
  const server = createServer(async (request, response) => {
    const path = pathOf(request.url);
    const file = path.startsWith(runtime.prefix)
      ? join(runtime.folder, path.slice(runtime.prefix.length))
      : join(dist, path === '/' ? 'index.html' : path);
    const found = await stat(file).catch(() => undefined);
    if (!found?.isFile()) return response.writeHead(404).end(`there is no ${path}`);
    response.writeHead(200, {
      'content-type': types[extname(file)] ?? 'application/octet-stream',
      'content-length': found.size,
      // A page may use several threads only when it is isolated from other origins.
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
    });
    // A reader that goes away, or a file that cannot be read: nothing stays open, and nobody waits.
    await pipeline(createReadStream(file), response).catch(() => undefined);
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  return server;
}
