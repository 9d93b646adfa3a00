import { BackendError, loadOnnxRuntimeNode } from '@dist-gan/core';
import { isNode } from '../is-node.js';

/** The part of onnxruntime-node and onnxruntime-web that the compiler uses. */
export interface OnnxRuntime {
  readonly InferenceSession: {
    create(model: Uint8Array, options?: object): Promise<OnnxSession>;
  };
  readonly Tensor: new (type: never, data: never, dims: readonly number[]) => OnnxTensor;
  readonly env?: {
    readonly versions?: { readonly node?: string; readonly web?: string };
    /** Of onnxruntime-web. */
    readonly wasm?: { numThreads?: number };
  };
}

export interface OnnxTensor {
  readonly data: unknown;
  readonly dims: readonly number[];
  readonly location?: string;
  getData?(): Promise<unknown>;
  dispose?(): void;
}

export interface OnnxSession {
  run(feeds: never, fetches: never): Promise<Readonly<Record<string, OnnxTensor>>>;
  release(): Promise<void>;
}

/**
 * Loads ONNX Runtime where it is not passed in: onnxruntime-node in Node, onnxruntime-web elsewhere (which
 * only works where the page can resolve the bare name; with a bundler, pass the module).
 */
export async function loadOnnxRuntime(): Promise<OnnxRuntime> {
  if (isNode()) return loadOnnxRuntimeNode<OnnxRuntime>('compile', import.meta.url).module;
  // A name that bundlers do not see: a package that is not installed must not break a build.
  const name = 'onnxruntime-web';
  try {
    const loaded = (await import(/* @vite-ignore */ /* webpackIgnore: true */ name)) as OnnxRuntime & {
      default?: OnnxRuntime;
    };
    return loaded.InferenceSession ? loaded : loaded.default!;
  } catch (error) {
    throw new BackendError(
      `compile: ${name} cannot be loaded; install it beside this package (npm install ${name}) or pass the module as options.runtime.`,
      name,
      { cause: error },
    );
  }
}

/** An ONNX Runtime that this process can use. */
export interface OnnxRuntimeInstallation {
  readonly version: string;
  /** The package onnxruntime-node through which it is called. */
  readonly folder: string;
}

/**
 * The ONNX Runtime that target `onnx` uses in Node where none is passed in, loaded.
 *
 * @throws BackendError there is none, or none that loads
 */
export function inspectOnnxRuntime(): OnnxRuntimeInstallation {
  const { module, folder } = loadOnnxRuntimeNode<OnnxRuntime>('compile', import.meta.url);
  return { version: module.env?.versions?.node ?? 'of an unknown version', folder };
}
