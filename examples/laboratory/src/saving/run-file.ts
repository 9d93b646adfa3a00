/** A page's runs as one safetensors file: settings, curves and, of each run, everything that it can be resumed from. */
import { fromJson, readSafetensors, toJson, writeSafetensors } from '@dist-gan/core';
import type { RunState } from '@dist-gan/trainer';
import type { Curves } from '../page/run-card.js';
import { fromAddress, toAddress } from '../settings/address.js';
import type { Settings } from '../settings/settings.js';

export interface SavedRun {
  readonly state: RunState;
  readonly curves: Curves;
}

export interface SavedPage {
  readonly settings: Settings;
  /** Of each of the settings' methods. */
  readonly runs: readonly SavedRun[];
}

const format = 'dist-gan-laboratory';
/** 2: points in [0, 1]; weights of 1 were for [-1, 1]. */
const version = '2';

/** A file's texts about one run. */
type About = Pick<RunState, 'step' | 'seconds' | 'history'> & { readonly curves: Curves };

export function encodePage({ settings, runs }: SavedPage): Uint8Array<ArrayBuffer> {
  const tensors = new Map(
    runs.flatMap(({ state }, place) =>
      Array.from(state.tensors, ([name, tensor]) => [`${place}/${name}`, tensor] as const),
    ),
  );
  const about = runs.map(({ state: { step, seconds, history }, curves }): About => ({
    step,
    seconds,
    history,
    curves,
  }));
  return writeSafetensors(tensors, { format, version, settings: toAddress(settings), runs: toJson(about) });
}

/**
 * @param name what the file is called in messages
 * @throws Error in plain words, where it is no such file
 */
export function decodePage(bytes: Uint8Array, name: string): SavedPage {
  const { tensors, metadata } = readSafetensors(bytes, name);
  if (metadata.format !== format)
    throw new Error(`${name} is no run of this laboratory. Choose a file that "Save run" has written.`);
  if (metadata.version !== version)
    throw new Error(
      `${name} was written by another version of this laboratory, whose weights are of no use here. Train again with its settings: #${metadata.settings}`,
    );
  const { settings, complaints } = fromAddress(metadata.settings ?? '');
  const about = readAbout(metadata.runs);
  if (complaints.length > 0 || about?.length !== settings.methods.length)
    throw new Error(`${name} does not say how its runs were made. ${complaints.join(' ')}`);
  return {
    settings,
    runs: about.map(({ curves, step, seconds, history }, place) => {
      const prefix = `${place}/`;
      const own = Array.from(tensors).filter(([key]) => key.startsWith(prefix));
      return {
        curves,
        state: {
          step,
          seconds,
          history,
          tensors: new Map(own.map(([key, { shape, data }]) => [key.slice(prefix.length), { shape, data }])),
        },
      };
    }),
  };
}

/** Nothing where it is not what {@link encodePage} writes: a damaged file, or one that somebody has changed. */
function readAbout(text: string | undefined): readonly About[] | undefined {
  try {
    const about = fromJson(text ?? '');
    return Array.isArray(about) && about.every(isAbout) ? about : undefined;
  } catch {
    return undefined;
  }
}

function isAbout(value: unknown): value is About {
  const { step, seconds, history, curves } = (value ?? {}) as Partial<About>;
  return (
    typeof step === 'number' &&
    typeof seconds === 'number' &&
    Array.isArray(history?.evaluations) &&
    Array.isArray(history.interventions) &&
    typeof curves === 'object' &&
    curves !== null &&
    Object.values(curves).every((curve) => isColumn(curve?.steps) && isColumn(curve.values))
  );
}

const isColumn = (values: unknown) =>
  Array.isArray(values) && values.every((value) => typeof value === 'number');
