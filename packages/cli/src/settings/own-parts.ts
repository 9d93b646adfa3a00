import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { OptionError, UnknownItemError, type JsonObject } from '@dist-gan/core';

/** Makes an item from its options: `distGan`, `mlp`, `gaussianGrid`. It checks them itself. */
type Maker = (options?: JsonObject, ...more: readonly unknown[]) => unknown;

/** A user's own methods, architectures, data sets and metrics, by their ids. */
export type OwnParts = Readonly<Record<PartKind, Readonly<Record<string, Maker>>>>;

const kinds = ['methods', 'architectures', 'datasets', 'metrics'] as const;
export type PartKind = (typeof kinds)[number];

export const noOwnParts: OwnParts = { methods: {}, architectures: {}, datasets: {}, metrics: {} };

/** The first of these that a folder has is its configuration. */
const names = ['mjs', 'js', 'ts'].map((ending) => `dist-gan.config.${ending}`);

/**
 * Loads the parts that `dist-gan.config.mjs` (`.js`, `.ts`) of a folder brings: its exports `methods`, `architectures`, `datasets` and
 * `metrics`, each an object of makers by id. **The file is run**, as the configuration of a linter is.
 *
 * @throws OptionError when the file cannot be loaded, or exports what is none of these
 */
export async function loadOwnParts(folder: string): Promise<OwnParts> {
  const file = names.map((name) => join(folder, name)).find((path) => existsSync(path));
  if (file === undefined) return noOwnParts;
  const content = await load(file);
  for (const name of Object.keys(content)) {
    if (!(kinds as readonly string[]).includes(name))
      throw wrong(file, new UnknownItemError('export', name, kinds).message, name);
  }
  return Object.fromEntries(
    kinds.map((kind) => [kind, makers(file, kind, content[kind])]),
  ) as unknown as OwnParts;
}

async function load(file: string): Promise<Record<string, unknown>> {
  try {
    return (await import(pathToFileURL(file).href)) as Record<string, unknown>;
  } catch (cause) {
    const error = cause as NodeJS.ErrnoException;
    const typeScript = file.endsWith('.ts') && error.code === 'ERR_UNKNOWN_FILE_EXTENSION';
    const why = typeScript
      ? `Node ${process.versions.node} does not run TypeScript; take Node 22.18 or newer, or write dist-gan.config.mjs`
      : `it cannot be loaded (${error.message}); correct it`;
    throw wrong(file, why, error.code, { cause });
  }
}

function makers(file: string, kind: PartKind, exported: unknown): Readonly<Record<string, Maker>> {
  if (exported === undefined) return {};
  const isObject = typeof exported === 'object' && exported !== null && !Array.isArray(exported);
  const entries = isObject ? Object.entries(exported) : [];
  if (!isObject || entries.some(([, maker]) => typeof maker !== 'function')) {
    throw wrong(
      file,
      `${kind} must be an object of functions by id, as { 'my-part': (options) => ... }`,
      kind,
    );
  }
  return Object.fromEntries(entries);
}

function wrong(file: string, why: string, received: unknown, options?: ErrorOptions): OptionError {
  return new OptionError(`${basename(file)}: ${why}`, basename(file), received, options);
}
