import { readFileSync } from 'node:fs';
import { DataNotFoundError, fromJson, OptionError, type JsonObject } from '@dist-gan/core';

/**
 * Reads what a file changes of a preset. The `run.json` of an earlier run will do: its options are taken.
 *
 * @throws DataNotFoundError when there is no such file
 * @throws OptionError when it is not a JSON object
 */
export function readConfigFile(path: string): JsonObject {
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
  return 'preset' in content && isObject(content.options) ? content.options : content;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
