/** ONNX Runtime, as the bundler lays its files beside the page; what is not used is not fetched. */
import type { CompileOptions } from '@dist-gan/compiler';
import { env } from 'onnxruntime-web/wasm';
import wasmModule from 'onnxruntime-web/ort-wasm-simd-threaded.mjs?url';
import wasmBinary from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import type { DeviceId } from '../settings/settings.js';

export async function loadRuntime(device: DeviceId): Promise<Pick<CompileOptions, 'runtime' | 'device'>> {
  if (device === 'webgpu') {
    const [runtime, { default: mjs }, { default: wasm }] = await Promise.all([
      import('onnxruntime-web/webgpu'),
      import('onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url'),
      import('onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url'),
    ]);
    runtime.env.wasm.wasmPaths = { mjs: absolute(mjs), wasm: absolute(wasm) };
    return { runtime, device };
  }
  env.wasm.wasmPaths = { mjs: absolute(wasmModule), wasm: absolute(wasmBinary) };
  return { runtime: await import('onnxruntime-web/wasm'), device: 'cpu' };
}

/** ONNX Runtime resolves names against its own script. */
const absolute = (url: string) => new URL(url, import.meta.url).href;
