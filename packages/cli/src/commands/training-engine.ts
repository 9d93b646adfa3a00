import { defaultTarget, inspectOnnxRuntime } from '@dist-gan/compiler';
import { BackendError, OptionError, type Device, type TargetName } from '@dist-gan/core';
import type { ExecutorId, FitOptions } from '@dist-gan/trainer';
import { activateBackend, defaultBackend, type BackendName } from '../engine/index.js';
import type { Items } from '../registry.js';

export const executors = ['eager', 'compiled'] as const;

/** How a user, or the record of a run, wants steps to be run. */
export interface EngineChoice {
  readonly executor?: ExecutorId;
  readonly backend?: BackendName;
  readonly target?: TargetName;
  readonly device?: Device;
  readonly threads?: number;
}

/** Settles how steps run, and makes the TensorFlow.js backend for it the active one. */
export async function chooseEngine(
  { backend, target, device, threads, ...chosen }: EngineChoice,
  latentDimension: number,
  { architecture, dataset }: Pick<Items, 'architecture' | 'dataset'>,
  notice: (message: string) => void,
): Promise<Pick<FitOptions, 'executor' | 'compiler'>> {
  const shape = { sampleShape: dataset.sampleShape, latentDimension };
  const free = chosen.executor === undefined && target === undefined && device === undefined;
  if (free && backend === undefined && threads === undefined && defaultTarget() === 'onnx') {
    const missing = missingOnnxRuntime();
    if (missing !== undefined) return goWithout(missing, await defaultBackend(architecture, shape), notice);
  }
  const executor = chosen.executor ?? (backend === undefined ? 'compiled' : 'eager');
  if (executor === 'compiled' && backend !== undefined) {
    throw misplaced('backend', backend, 'eager');
  }
  if (executor === 'eager' && target !== undefined) {
    throw misplaced('target', target, 'compiled');
  }
  if (executor === 'eager' && device !== undefined) {
    throw misplaced('device', device, 'compiled');
  }
  if (executor === 'eager' && threads !== undefined) {
    throw misplaced('threads', `${threads}`, 'compiled');
  }
  if (executor === 'compiled') {
    // Networks are built on a backend; steps do not run there.
    await activateBackend('cpu');
    const compiler = {
      ...(target !== undefined && { target }),
      ...(device !== undefined && { device }),
      ...(threads !== undefined && { threads }),
    };
    return { executor, compiler: { ...compiler, onWarning: notice } };
  }
  await activateBackend(backend ?? (await defaultBackend(architecture, shape)));
  return { executor };
}

/** Why the engine that runs where nothing is asked for does not. */
function missingOnnxRuntime(): BackendError | undefined {
  try {
    inspectOnnxRuntime();
    return undefined;
  } catch (error) {
    if (error instanceof BackendError) return error;
    throw error;
  }
}

/**
 * Goes on without the engine, operation by operation, where that is only slower. Convolutions would take days.
 *
 * @throws BackendError (as given) it would take days
 */
async function goWithout(
  missing: BackendError,
  backend: BackendName,
  notice: (message: string) => void,
): Promise<Pick<FitOptions, 'executor'>> {
  if (backend !== 'wasm') throw missing;
  notice(
    `${missing.message.replace(/^compile: /, '')}. Steps run one operation at a time on TensorFlow.js's ` +
      `${backend} backend, some twenty times slower.`,
  );
  await activateBackend(backend);
  return { executor: 'eager' };
}

function misplaced(flag: string, value: string, executor: ExecutorId): OptionError {
  return new OptionError(
    `--${flag} ${value} is for ${executor} runs; leave it out or say --executor ${executor} alone`,
    `--${flag}`,
    value,
  );
}
