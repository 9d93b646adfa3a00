import { resolve } from 'node:path';
import { OptionError } from '@dist-gan/core';

/**
 * `--folder /shared=/mnt/shared`: the sweep in `/shared/grid` is in `/mnt/shared/grid` here. The planning machine may have Windows, and
 * say `S:\shared`.
 *
 * @returns what a folder of that machine is called here
 * @throws OptionError when the text does not say so
 */
export function readFolderNames(
  text: string | undefined,
  workingDirectory: string,
): ((folder: string) => string) | undefined {
  if (text === undefined) return undefined;
  const [, given, here] = /^([^=]+)=([^=]+)$/.exec(text) ?? [];
  if (given === undefined) {
    throw new OptionError(
      `--folder must say what a folder of the planning machine is called here, for instance /shared=/mnt/shared (got ${text})`,
      '--folder',
      text,
    );
  }
  // Elsewhere a backslash is a letter like others.
  const separator = /^(?:[a-z]:|\\\\)/i.test(given) ? /[\\/]/ : /\//;
  const there = partsOf(given, separator);
  return (folder) => {
    const parts = partsOf(folder, separator);
    return there.every((part, at) => part === parts[at])
      ? resolve(workingDirectory, here, ...parts.slice(there.length))
      : folder;
  };
}

/** An absolute path begins with an empty part, which tells it from another. */
function partsOf(path: string, separator: RegExp): readonly string[] {
  return path.split(separator).filter((part, at) => part !== '' || at === 0);
}
