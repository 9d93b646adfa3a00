import { BackendError } from '@dist-gan/core';
import type { Data, DType } from '../../graph/types.js';
import { isNode } from '../is-node.js';
import type { EngineOptions } from '../target.js';
import { installedTensorFlows } from './installations.js';

/** The part of `@tensorflow/tfjs-node` that the compiler uses. */
export interface TensorFlowRuntime {
  readonly node: {
    loadSavedModel(path: string, tags: string[], signature: string): Promise<TensorFlowFunction>;
  };
  tensor(data: Data, shape: number[], dtype: DType): TensorFlowTensor;
  engine(): {
    readSync(dataId: object): Data;
    disposeTensor(tensor: TensorFlowTensor): void;
  };
  memory(): { readonly numTensors: number };
  backend(): {
    /** Whether TensorFlow found a GPU. */
    readonly isUsingGpuDevice: boolean;
    readonly binding: { readonly TF_Version: string };
  };
}

export interface TensorFlowTensor {
  readonly dataId: object;
}

/** A signature of a SavedModel that has been loaded. */
export interface TensorFlowFunction {
  predict(inputs: Record<string, TensorFlowTensor>): Record<string, TensorFlowTensor>;
  dispose(): void;
}

interface LoadedTensorFlow {
  readonly runtime: TensorFlowRuntime;
  /** The tfjs-node package through which it is called. */
  readonly folder: string;
}

let loaded: (LoadedTensorFlow & { readonly threads: number | undefined }) | undefined;

interface StartOptions extends Pick<EngineOptions, 'threads' | 'onWarning'> {
  /** Whether one operation may use several threads, and not only several operations one each. Default true. */
  readonly splitsOperations?: boolean;
}

/**
 * Loads tfjs-node once a process: that of the working folder's project, that beside this package, or that of
 * `dist-gan setup tensorflow`, whichever is found first and works.
 *
 * TensorFlow reads its number of threads when it starts, so the first call decides for all.
 *
 * @throws BackendError there is none, or none that works
 */
export function loadTensorFlow({
  threads,
  splitsOperations = true,
  onWarning,
}: StartOptions): LoadedTensorFlow {
  if (!isNode()) throw new BackendError('compile: target "tensorflow" runs in Node only.', 'tensorflow');
  if (loaded) {
    if (threads !== undefined && threads !== loaded.threads)
      onWarning?.(
        `compile: TensorFlow has started with ${loaded.threads ?? 'its own number of'} threads, so threads: ${threads} has no effect.`,
      );
    return loaded;
  }
  const { env } = process;
  if (!splitsOperations) env.TF_NUM_INTRAOP_THREADS ??= '1';
  if (threads !== undefined) {
    env.TF_NUM_INTEROP_THREADS ??= String(threads);
    env.TF_NUM_INTRAOP_THREADS ??= String(threads);
  }
  // Without it every model that is loaded is announced on stderr.
  env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  loaded = { ...findTensorFlow(), threads };
  return loaded;
}

function findTensorFlow(): LoadedTensorFlow {
  const path = process.getBuiltinModule('node:path');
  const failures: string[] = [];
  for (const { require, name, entry } of installedTensorFlows()) {
    try {
      const manifest = require.resolve(`${name}/package.json`);
      return { runtime: requireApart(require, entry), folder: path.dirname(manifest) };
    } catch (error) {
      failures.push(`${entry}: ${(error as Error).message.split('\n')[0]}`);
    }
  }
  const found = failures.length > 0 ? `does not start (${failures.join('; ')})` : 'is not installed';
  throw new BackendError(
    `compile: TensorFlow ${found}; npx dist-gan setup tensorflow brings one that works, or install ` +
      '@tensorflow/tfjs-node where its own script can.',
    'tensorflow',
  );
}

/** What copies of TensorFlow.js of one version share in a process. */
const sharedByCopies = ['_tfengine', '_tfGlobals'];

/**
 * Loads tfjs-node with copies of the TensorFlow.js packages that are its own.
 *
 * Loaded the usual way it would make itself the backend of the application's TensorFlow.js, and register the
 * gradients and kernels of its packages a second time, over the corrected ones of @dist-gan/gradients.
 */
function requireApart(require: NodeJS.Require, path: string): TensorFlowRuntime {
  restoreUtilities();
  const shared = globalThis as Record<string, unknown>;
  const globals = sharedByCopies.map((name) => [name, shared[name]] as const);
  const tensorFlowModules = () =>
    Object.keys(require.cache).filter((file) => /[\\/]@tensorflow[\\/]/.test(file));
  const modules = tensorFlowModules().map((file) => [file, require.cache[file]] as const);
  for (const name of sharedByCopies) delete shared[name];
  for (const [file] of modules) delete require.cache[file];
  try {
    return require(path) as TensorFlowRuntime;
  } finally {
    for (const file of tensorFlowModules()) delete require.cache[file];
    for (const [file, module] of modules) require.cache[file] = module;
    for (const [name, value] of globals) shared[name] = value;
  }
}

/** tfjs-node calls two functions that Node 23 has removed. */
function restoreUtilities(): void {
  const util = process.getBuiltinModule('node:util') as Record<string, unknown>;
  util.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined;
  util.isArray ??= Array.isArray;
}
