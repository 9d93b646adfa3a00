import { BackendError, installOnnxRuntime, switchOffTelemetry } from '@dist-gan/core';

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
  const node = typeof process !== 'undefined' && process.versions?.node !== undefined;
  const name = node ? 'onnxruntime-node' : 'onnxruntime-web';
  if (node) switchOffTelemetry();
  try {
    // A name that bundlers do not see: whichever package is not installed must not break a build.
    const loaded = (await import(/* @vite-ignore */ /* webpackIgnore: true */ name)) as OnnxRuntime & {
      default?: OnnxRuntime;
    };
    return loaded.InferenceSession ? loaded : loaded.default!;
  } catch (error) {
    throw new BackendError(
      `compile: ${name} cannot be loaded; install it beside this package (${node ? installOnnxRuntime : `npm install ${name}`}) or pass the module as options.runtime.`,
      name,
      { cause: error },
    );
  }
}
