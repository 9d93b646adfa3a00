import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** What the page loads of ONNX Runtime: its interface, and its engine for the CPU. */
const names = ['ort.wasm.min.mjs', 'ort-wasm-simd-threaded.mjs', 'ort-wasm-simd-threaded.wasm'];

/**
 * A file of `onnxruntime-web` as it is installed beside this package or where the program was started; nothing for other
 * files, and where it is not installed.
 */
export function readRuntimeFile(name: string, workingDirectory: string): Uint8Array | undefined {
  if (!names.includes(name)) return undefined;
  for (const place of [import.meta.url, join(workingDirectory, 'package.json')]) {
    try {
      const found = createRequire(place).resolve('onnxruntime-web/wasm');
      return readFileSync(join(dirname(found), name));
    } catch {
      // Not here.
    }
  }
  return undefined;
}
