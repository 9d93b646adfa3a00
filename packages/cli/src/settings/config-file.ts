import { readFileSync } from 'node:fs';
import { DataNotFoundError, fromJson, OptionError, seed, type JsonObject } from '@dist-gan/core';
import * as v from 'valibot';
import { overridesSchema } from './overrides.js';
import { recipeOverridesSchema } from './recipe-overrides.js';

/** What a configuration file says. */
export interface Configuration {
  readonly preset?: string;
  readonly seed?: number;
  /** What it changes of the preset. */
  readonly changes: JsonObject;
}

const entries = {
  /** Tells editors which keys there are. */
  $schema: v.optional(v.string()),
  preset: v.optional(v.string()),
  seed: v.optional(seed),
};

/** A configuration file: of a preset that trains in steps, or of one that trains in stages. */
export const configurationSchema = v.union([
  v.strictObject({ ...entries, ...overridesSchema.entries }),
  v.strictObject({ ...entries, ...recipeOverridesSchema.entries }),
]);

/**
 * Reads a configuration: `preset` and `seed`, both optional, beside what it changes of the preset. The `run.json` of an
 * earlier run will do, too: its options are the changes.
 *
 * @throws DataNotFoundError when there is no such file
 * @throws OptionError when it is not a JSON object, or its preset or seed cannot be one
 */
export function readConfigFile(path: string): Configuration {
  const { $schema: _, preset, seed, ...rest } = readObject(path);
  if (!v.is(entries.preset, preset)) {
    throw new OptionError(
      `--config ${path}: preset must be the id of a preset (got ${shown(preset)})`,
      'preset',
      preset,
    );
  }
  if (!v.is(entries.seed, seed)) {
    throw new OptionError(
      `--config ${path}: seed must be a whole number of 0 or more (got ${shown(seed)})`,
      'seed',
      seed,
    );
  }
  return {
    ...(preset !== undefined && { preset }),
    ...(seed !== undefined && { seed }),
    changes: isRunRecord(rest) ? rest.options : rest,
  };
}

function readObject(path: string): JsonObject {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new DataNotFoundError(`--config ${path}: the file cannot be read; check the path`, path, { cause });
  }
  let content: unknown;
  try {
    content = fromJson(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new OptionError(`--config ${path} is not JSON (${reason}); correct the file`, '--config', path, {
      cause,
    });
  }
  if (!isObject(content)) {
    throw new OptionError(
      `--config ${path} must hold an object, for instance {"batchSize": 64}`,
      '--config',
      content,
    );
  }
  return content;
}

/** No option of a preset is called `options`. */
function isRunRecord(content: JsonObject): content is JsonObject & { options: JsonObject } {
  return isObject(content.options);
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string {
  return JSON.stringify(value);
}
