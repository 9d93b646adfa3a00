import { hostname } from 'node:os';
import { defaultTarget, inspectOnnxRuntime, inspectTensorFlow } from '@dist-gan/compiler';
import { isGanError, OptionError, toJson, type JsonObject, type TargetName } from '@dist-gan/core';
import { installedVersions } from '@dist-gan/runs';
import type { PlannedRun, PlanOptions, SweepDefinition } from '@dist-gan/sweeps';

type Engine = SweepDefinition['engine'];

/**
 * What runs the steps of a sweep, named, so that all of its runs have the same however long the sweep takes and wherever they run.
 * It is what a run by itself would take; where one of them trains convolutions, what is faster for those. One thread each where nothing else
 * is said: many runs side by side use the cores better than one with many threads, and a run has the same bits however many there are.
 *
 * @param trainsConvolutions asked only where it decides
 * @throws OptionError for a device that each run would settle for itself
 */
export async function settleEngine(
  engine: Engine,
  trainsConvolutions: () => Promise<boolean>,
): Promise<Engine> {
  if (engine.device === 'auto') {
    throw new OptionError(
      'sweep.engine.device: auto is settled by each run where it is trained, and the runs of a sweep are compared; name cpu, cuda or webgpu',
      'sweep.engine.device',
      engine.device,
    );
  }
  const isEager = engine.executor === 'eager' || engine.backend !== undefined;
  if (isEager) return engine;
  const isFree = Object.keys(engine).every((key) => key === 'threads');
  if (
    isFree &&
    engine.threads === undefined &&
    defaultTarget() === 'onnx' &&
    onnxRuntimeVersion() === undefined
  )
    return { executor: 'eager' };
  const isNamed = engine.target !== undefined || (engine.device ?? 'cpu') !== 'cpu';
  return { threads: 1, ...(!isNamed && { target: await targetThatWorks(trainsConvolutions) }), ...engine };
}

/** That of `compile`, which passes by a TensorFlow that does not start. */
async function targetThatWorks(trainsConvolutions: () => Promise<boolean>): Promise<TargetName> {
  const target = defaultTarget();
  if (target === 'onnx' || onnxRuntimeVersion() === undefined) return target;
  if (versionIfAny(inspectTensorFlow) === undefined) return 'onnx';
  const ofConvolutions = defaultTarget({ convolutions: true });
  return ofConvolutions !== target && (await trainsConvolutions()) ? ofConvolutions : target;
}

/** What of engine and installation is part of a run's identity. Node is not: its version changes no step. */
export function engineIdentity(engine: Engine): Pick<PlanOptions, 'engine' | 'versions'> {
  const { node, ...versions } = installedVersions();
  void node;
  const isCompiled = engine.executor !== 'eager' && engine.backend === undefined;
  const version = !isCompiled
    ? undefined
    : engine.target === 'tensorflow'
      ? inspectTensorFlow().version
      : onnxRuntimeVersion();
  return { engine: { ...(engine as JsonObject), ...(version !== undefined && { version }) }, versions };
}

/**
 * What runs the steps of a run that another machine has planned.
 *
 * @throws GanError where this machine would compute other numbers than the run is called by, or cannot compute at all
 */
export function engineOf({ name, spec }: PlannedRun): Engine {
  const { version, ...engine } = spec.engine as Engine & { version?: string };
  const wanted = { engine: spec.engine, versions: spec.versions };
  const here = engineIdentity(engine);
  if (toJson(wanted) === toJson(here)) return engine;
  throw new OptionError(
    `${name} is for ${toJson({ ...spec.versions, engine: version })}, and ${hostname()} has ${toJson({ ...here.versions, engine: here.engine.version })}; install the same there`,
    'versions',
    here.versions,
  );
}

/** The flags of `dist-gan train` that say the same. */
export function engineWords(engine: Engine): string[] {
  return Object.entries(engine).flatMap(([flag, value]) =>
    value === undefined ? [] : [`--${flag}`, String(value)],
  );
}

function onnxRuntimeVersion(): string | undefined {
  return versionIfAny(inspectOnnxRuntime);
}

function versionIfAny(inspect: () => { readonly version: string }): string | undefined {
  try {
    return inspect().version;
  } catch (error) {
    if (isGanError(error, 'BACKEND_UNAVAILABLE')) return undefined;
    throw error;
  }
}
