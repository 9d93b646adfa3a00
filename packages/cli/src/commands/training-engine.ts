import { defaultTarget, inspectOnnxRuntime } from '@dist-gan/compiler';
import { BackendError, OptionError, type Dataset, type Device, type TargetName } from '@dist-gan/core';
import { buildAhead, type BuildAheadOptions, type ExecutorId, type FitOptions } from '@dist-gan/trainer';
import { getBackend } from '@tensorflow/tfjs-core';
import { activateBackend, defaultBackend, type BackendName } from '../engine/index.js';

/** How a user, or the record of a run, wants steps to be run. */
export interface EngineChoice {
  readonly executor?: ExecutorId;
  readonly backend?: BackendName;
  readonly target?: TargetName;
  readonly device?: Device;
  readonly threads?: number;
}

/** What is to be trained, of which no network is built yet. */
export interface Untrained extends Pick<BuildAheadOptions, 'method' | 'architecture' | 'seed'> {
  readonly dataset: Pick<Dataset, 'sampleShape'>;
  readonly latentDimension: number;
}

/** How steps run. */
export interface ChosenEngine {
  readonly options: Pick<FitOptions, 'executor' | 'compiler' | 'architecture'>;
  /** Frees networks that were built for the choice and that no run has taken; a second call does nothing. */
  readonly dispose: () => void;
}

/** Settles how steps run, and makes the TensorFlow.js backend for it the active one. */
export async function chooseEngine(
  { backend, target, device, threads, ...chosen }: EngineChoice,
  untrained: Untrained,
  notice: (message: string) => void,
): Promise<ChosenEngine> {
  const { architecture } = untrained;
  const free = chosen.executor === undefined && target === undefined && device === undefined;
  if (free && backend === undefined && threads === undefined && defaultTarget() === 'onnx') {
    const missing = missingOnnxRuntime();
    if (missing !== undefined) return goWithout(missing, untrained, notice);
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
    const options = { executor, compiler: { ...compiler, onWarning: notice }, architecture };
    return { options, dispose: () => undefined };
  }
  if (backend === undefined) return chooseBackend(untrained);
  await activateBackend(backend);
  return { options: { executor, architecture }, dispose: () => undefined };
}

/** Runs operation by operation on the backend that suits the networks: they are built to look at, and the run takes these. */
async function chooseBackend({ dataset, latentDimension, ...run }: Untrained): Promise<ChosenEngine> {
  await activateBackend('cpu');
  const ahead = buildAhead({ ...run, shape: { sampleShape: dataset.sampleShape, latentDimension } });
  await activateBackend(await defaultBackend(ahead.networks));
  return {
    options: { executor: 'eager', architecture: ahead.architecture },
    dispose: ahead.dispose,
  };
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
  untrained: Untrained,
  notice: (message: string) => void,
): Promise<ChosenEngine> {
  const engine = await chooseBackend(untrained);
  const backend = getBackend();
  if (backend !== 'wasm') {
    engine.dispose();
    throw missing;
  }
  notice(
    `${missing.message.replace(/^compile: /, '')}. Steps run one operation at a time on TensorFlow.js's ` +
      `${backend} backend, some twenty times slower.`,
  );
  return engine;
}

function misplaced(flag: string, value: string, executor: ExecutorId): OptionError {
  return new OptionError(
    `--${flag} ${value} is for ${executor} runs; leave it out or say --executor ${executor} alone`,
    `--${flag}`,
    value,
  );
}
