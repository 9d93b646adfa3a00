import { createRequire } from 'node:module';
import { backendNames, backendPackages } from './backends.js';
import type { InventoryLine } from './inventory-line.js';
import { tryOnnxRuntime, tryTensorFlow } from './self-test.js';

const notes: Readonly<Record<(typeof backendNames)[number], string>> = {
  cpu: 'eager, plain JavaScript',
  wasm: 'eager, no convolutions',
  tensorflow: 'eager, TensorFlow itself',
  webgpu: 'eager, where Node or the browser has WebGPU',
};

/** The engines and the backends that are here. Engines are tried; backends are only looked for. */
export async function takeInventory(): Promise<InventoryLine[]> {
  const backends = backendNames.map((name) => {
    const found = versionOf(backendPackages[name]);
    const wanted = backendPackages[name].at(-1)!;
    return { name, ...found, note: found.version === undefined ? `npm install ${wanted}` : notes[name] };
  });
  return [await tryOnnxRuntime(), await tryTensorFlow(), ...backends];
}

function versionOf(packages: readonly string[]): { version?: string } {
  const require = createRequire(import.meta.url);
  for (const name of packages) {
    try {
      return { version: (require(`${name}/package.json`) as { version: string }).version };
    } catch {
      // Not installed: the next one.
    }
  }
  return {};
}
