import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defaultClientConditions, defineConfig, type Plugin } from 'vite';

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** A page may use several threads only when it is isolated from other origins. */
const headers = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};

const conditions = [
  // ONNX Runtime as a script and a wasm file of their own, which its threads need.
  'onnxruntime-web-use-extern-wasm',
  // Inside its repository the packages come from source; outside they have no such condition.
  '@dist-gan/source',
  ...defaultClientConditions,
];

/** What the data sets of Node would load: nothing here uses it, yet it would be read and parsed, 20 MB of digits, to be left out again. */
const external = ['mnist', 'sharp'];

/** Writes service-worker.js with the list of what was built, without what only WebGPU needs. */
function serviceWorker(): Plugin {
  return {
    name: 'service-worker',
    apply: 'build',
    writeBundle({ dir }) {
      const names = readdirSync(dir!, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && !/asyncify|webgpu/.test(entry.name))
        .map(({ parentPath, name }) => relative(dir!, join(parentPath, name)).replaceAll('\\', '/'))
        .sort();
      const content = createHash('sha256');
      for (const name of names) content.update(name).update(readFileSync(join(dir!, name)));
      const source = readFileSync(path('service-worker.js'), 'utf8')
        .replace('__FILES__;', `${JSON.stringify(names.map((name) => `./${name}`))};`)
        .replace('${__VERSION__}', content.digest('hex').slice(0, 16));
      writeFileSync(join(dir!, 'service-worker.js'), source);
    },
  };
}

export default defineConfig({
  root: path('.'),
  base: './',
  resolve: { conditions },
  worker: { format: 'es', rolldownOptions: { external } },
  server: { host: '127.0.0.1', port: 8026, headers },
  preview: { host: '127.0.0.1', port: 8026, headers },
  build: {
    target: 'es2022',
    chunkSizeWarningLimit: 2000,
    reportCompressedSize: false,
    rolldownOptions: { external, input: [path('index.html'), path('digits.html')] },
  },
  plugins: [serviceWorker()],
});
