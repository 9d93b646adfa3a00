import { createRequire } from 'node:module';
import { backendNames, backendPackages } from './backends.js';

/** What a machine has to train with. */
export interface InventoryLine {
  readonly name: string;
  /** Version of the package that brings it; absent when none is installed. */
  readonly version?: string;
  /** What to install for it, or what it is good for. */
  readonly note: string;
}

const notes: Readonly<Record<(typeof backendNames)[number], string>> = {
  cpu: 'eager, plain JavaScript',
  wasm: 'eager, no convolutions',
  tensorflow: 'eager, TensorFlow itself',
  webgpu: 'eager, where Node or the browser has WebGPU',
};

/** The engines and backends that are installed; nothing is started. */
export function takeInventory(): InventoryLine[] {
  const engine = { name: 'ONNX Runtime', ...versionOf(['onnxruntime-node']), note: 'compiled' };
  const backends = backendNames.map((name) => {
    const found = versionOf(backendPackages[name]);
    const wanted = backendPackages[name].at(-1)!;
    return { name, ...found, note: found.version === undefined ? `npm install ${wanted}` : notes[name] };
  });
  return [engine, ...backends];
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
