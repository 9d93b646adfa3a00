import { loadTensorFlow } from './runtime.js';

/** A TensorFlow that this process can use. */
export interface TensorFlowInstallation {
  /** Of TensorFlow itself. */
  readonly version: string;
  /** The tfjs-node package through which it is called. */
  readonly folder: string;
  /** Whether it has a GPU build and found a GPU. */
  readonly gpu: boolean;
}

/**
 * The TensorFlow that target `tensorflow` uses, started.
 *
 * @throws BackendError there is none, or none that works
 */
export function inspectTensorFlow(): TensorFlowInstallation {
  const { runtime, folder } = loadTensorFlow({});
  const { isUsingGpuDevice, binding } = runtime.backend();
  return { version: binding.TF_Version, folder, gpu: isUsingGpuDevice };
}
