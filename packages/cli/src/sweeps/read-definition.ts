import { readFileSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { DataNotFoundError, fromJson, OptionError, type JsonObject, type JsonValue } from '@dist-gan/core';
import { readAxis, resolveSweep, splitList, SweepFolder, type SweepDefinition } from '@dist-gan/sweeps';
import type { ParsedArguments } from '../arguments/index.js';

export interface GivenSweep {
  readonly definition: SweepDefinition;
  /** Of the sweep. */
  readonly folder: string;
}

/**
 * What a command line asks for: the definition of a file, or of a sweep's folder, with what flags say in place of it.
 *
 * @throws OptionError for what is no definition, DataNotFoundError when there is no such file
 */
export function readSweep(given: ParsedArguments, workingDirectory: string): GivenSweep {
  const named = given.positional('definition');
  if (named === undefined && !given.has('preset')) {
    throw new OptionError(
      'sweep needs presets, for instance dist-gan sweep --preset gaussian-grid --methods gan,dist-gan --seeds 8; or a file that says what to vary, ' +
        'or the folder of a sweep',
      'definition',
      named,
    );
  }
  const path = named === undefined ? undefined : resolve(workingDirectory, named);
  const isFolder = path !== undefined && statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  const before: JsonObject =
    path === undefined ? {} : isFolder ? { ...SweepFolder.readDefinition(path) } : readDefinitionFile(path);
  const changes = fromFlags(given, before);
  const definition = resolveSweep({ ...before, ...changes });
  const name = path === undefined ? definition.presets.join('-') : basename(path).replace(/\.json$/, '');
  const out = given.text('out');
  const folder =
    out !== undefined
      ? resolve(workingDirectory, out)
      : isFolder
        ? path
        : resolve(workingDirectory, join('sweeps', name));
  return { definition, folder };
}

function readDefinitionFile(path: string): JsonObject {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new DataNotFoundError(
      `${path} is no file with a sweep, and no folder of one; check the path, or say --preset and --methods`,
      path,
      { cause },
    );
  }
  let content: unknown;
  try {
    content = fromJson(text);
  } catch (cause) {
    throw new OptionError(
      `${path} is not JSON (${(cause as Error).message}); correct the file`,
      'definition',
      path,
      {
        cause,
      },
    );
  }
  if (typeof content === 'object' && content !== null && !Array.isArray(content))
    return content as JsonObject;
  throw new OptionError(
    `${path} must hold an object, for instance {"presets": ["gaussian-grid"], "seeds": 8}`,
    'definition',
    content,
  );
}

const engineFlags = ['executor', 'target', 'device', 'backend'] as const;

/** What flags say of a definition; nothing where they say nothing. */
function fromFlags(given: ParsedArguments, before: JsonObject): JsonObject {
  const list = (flag: string) =>
    given
      .text(flag)
      ?.split(',')
      .map((word) => word.trim())
      .filter((word) => word !== '');
  const steps = given.wholeNumber('steps', 1);
  const seconds = given.wholeNumber('seconds', 1);
  if (steps !== undefined && seconds !== undefined) {
    throw new OptionError(
      '--steps and --seconds: a run has one budget; give one of the two',
      '--seconds',
      seconds,
    );
  }
  const engine = {
    ...Object.fromEntries(
      engineFlags.flatMap((flag) => (given.has(flag) ? [[flag, given.text(flag)!]] : [])),
    ),
    ...(given.has('threads') && { threads: given.wholeNumber('threads', 1)! }),
  };
  return defined({
    presets: list('preset'),
    methods: list('methods'),
    seeds: given.has('seeds') ? readSeeds(given.text('seeds')!) : undefined,
    budget: steps !== undefined ? { steps } : seconds !== undefined ? { seconds } : undefined,
    metrics: list('metrics'),
    reference: given.text('reference'),
    keep: given.text('keep'),
    set: given.has('set') ? { ...(before.set as JsonObject | undefined), ...readSettings(given) } : undefined,
    engine:
      Object.keys(engine).length > 0
        ? { ...(before.engine as JsonObject | undefined), ...engine }
        : undefined,
  });
}

/** `8` (from 1 on), `1-8`, `3,5,9-12`. */
function readSeeds(text: string): number | number[] {
  if (/^\d+$/.test(text)) return Number(text);
  const seeds = splitList(text).flatMap((part) => {
    const [, first, last] = /^(\d+)(?:-(\d+))?$/.exec(part.trim()) ?? [];
    const [from, to] = [Number(first), Number(last ?? first)];
    return from <= to && to - from < 1e6
      ? Array.from({ length: to - from + 1 }, (_, i) => from + i)
      : [Number.NaN];
  });
  if (seeds.every(Number.isSafeInteger)) return seeds;
  throw new OptionError(`--seeds must be how many, or which: 8, 1-8 or 3,5,9 (got ${text})`, '--seeds', text);
}

/** @throws OptionError for a key that is there twice: one of its values would be dropped */
function readSettings(given: ParsedArguments): JsonObject {
  const set = new Map<string, JsonValue>();
  for (const word of given.list('set')) {
    const [key, value] = readSetting(word);
    if (set.has(key)) {
      throw new OptionError(
        `--set ${word}: an earlier --set gave this key a value; give all of its values at once, for instance --set ${key}=32,64`,
        '--set',
        word,
      );
    }
    set.set(key, value);
  }
  return Object.fromEntries(set);
}

function readSetting(word: string): [string, JsonValue] {
  const equals = word.indexOf('=');
  if (equals > 0) return [word.slice(0, equals), readAxis(word.slice(equals + 1))];
  throw new OptionError(
    `--set needs key=value, key=value,value or key=from..to:count, for instance --set batchSize=32,64 (got ${word})`,
    '--set',
    word,
  );
}

function defined(object: Readonly<Record<string, JsonValue | undefined>>): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as JsonObject;
}
