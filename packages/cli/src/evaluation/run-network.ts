import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { registerCustomObjects } from '@dist-gan/architectures';
import { CheckpointError, OptionError, type Architecture, type Method } from '@dist-gan/core';
import {
  type Checkpoint,
  CheckpointStore,
  generatorFolder,
  loadNetwork,
  readEvents,
  type RunPath,
  type RunSettings,
} from '@dist-gan/runs';
import { hasAverage, restoreNetwork } from '@dist-gan/trainer';
import { activateBackend } from '../engine/index.js';
import { architectureOf, methodOf } from '../registry.js';
import type { LoadedNetwork } from './loaded-network.js';
import { isRecipe, loadStageNetwork } from './recipe-network.js';

export interface RunNetworkOptions {
  /** Which network of the run's method. Default `generator`. */
  readonly role?: string;
  /** Of a run with a moving average: the generator that is trained. Default false. */
  readonly raw?: boolean;
}

/**
 * Loads a network of a run on the wasm backend: the generator as the run evaluates it (its moving average, where it keeps one),
 * or another. The caller disposes it.
 *
 * @throws CheckpointError when there is no checkpoint that can be read
 * @throws UnknownItemError when the run's method has no such network
 */
export async function loadRunNetwork(
  opened: RunPath,
  { role = 'generator', raw = false }: RunNetworkOptions = {},
): Promise<LoadedNetwork> {
  // It lacks gradients of convolutions alone, which this does without.
  await activateBackend('wasm');
  if (isRecipe(opened)) {
    if (raw) throw noAverage(role, opened.run);
    return loadStageNetwork(opened, role);
  }
  const { run, record, settings, checkpoint: named } = opened as RunPath<RunSettings>;
  const store = new CheckpointStore(named === undefined ? join(run, 'checkpoints') : dirname(named));
  const noCheckpoint = named === undefined && store.names().length === 0;
  if (noCheckpoint && role === 'generator' && !raw && existsSync(generatorFolder(run))) {
    // Somebody made room: what the run saved at its last evaluation is still there.
    registerCustomObjects();
    const averaged = settings.movingAverage !== undefined && settings.movingAverage !== null;
    const evaluation = readEvents(run).findLast(({ event }) => event === 'evaluation');
    const network = await loadNetwork(generatorFolder(run));
    return { network, kind: 'generator', packing: 1, step: evaluation?.step ?? 0, averaged };
  }
  const checkpoint = named === undefined ? newestOf(store) : store.read(basename(named));
  const method = methodOf(settings.method);
  const architecture = architectureOf(settings.architecture);
  return restore(checkpoint, { method, architecture, record, settings, role, raw, run });
}

/**
 * The newest checkpoint, and never silently an older one: a number of that would be taken for the run's last.
 *
 * @throws CheckpointError when there is none, or it is damaged
 */
function newestOf(store: CheckpointStore): Checkpoint {
  return store.newest((error) => {
    const older = store.names().at(-2);
    if (older === undefined) throw error;
    const wayOut = `the one before it can be named: ${join(store.folder, older)}`;
    throw new CheckpointError(`${error.message}; ${wayOut}`, store.folder, { cause: error });
  });
}

function restore(
  checkpoint: Checkpoint,
  {
    method,
    architecture,
    record,
    settings,
    role,
    raw,
    run,
  }: Pick<RunPath<RunSettings>, 'run' | 'record' | 'settings'> &
    Required<RunNetworkOptions> & { method: Method; architecture: Architecture },
): LoadedNetwork {
  const averaged = hasAverage(checkpoint, role) && !raw;
  if (raw && !hasAverage(checkpoint, role)) {
    throw noAverage(role, run);
  }
  try {
    const network = restoreNetwork(checkpoint, {
      method,
      architecture,
      shape: { sampleShape: record.samples.shape, latentDimension: settings.latents.dimension },
      role,
      averaged,
    });
    const { kind, packing = 1 } = method.roles.find(({ id }) => id === role)!;
    return { network, kind, packing, step: checkpoint.step, averaged };
  } catch (cause) {
    if (!(cause instanceof CheckpointError)) throw cause;
    throw new CheckpointError(`${run}: ${cause.message}`, run, { cause });
  }
}

function noAverage(role: string, run: string): OptionError {
  return new OptionError(
    `--raw tells the ${role} from its moving average, and ${run} keeps none of it; leave it out`,
    '--raw',
    true,
  );
}
