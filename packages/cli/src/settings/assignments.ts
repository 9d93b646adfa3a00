import { OptionError, type JsonObject, type JsonValue } from '@dist-gan/core';

type Tree = { [key: string]: JsonValue | Tree };

/**
 * Reads `key=value` words with dotted keys into an object: `method.reconstructionLabel=fake` becomes
 * `{ method: { reconstructionLabel: 'fake' } }`. A value is read as JSON where it is JSON (numbers, true,
 * lists), as text otherwise.
 *
 * @throws OptionError for a word without `=` or with an empty key, and for a key set twice
 */
export function readAssignments(words: readonly string[]): JsonObject {
  const root = emptyTree();
  for (const word of words) {
    const equals = word.indexOf('=');
    const keys = word.slice(0, Math.max(0, equals)).split('.');
    if (equals < 0 || keys.some((key) => key === '')) {
      throw new OptionError(
        `--set needs key=value, for instance --set batchSize=64 (got ${word})`,
        '--set',
        word,
      );
    }
    assign(root, keys, readValue(word.slice(equals + 1)), word);
  }
  return root;
}

function assign(root: Tree, keys: readonly string[], value: JsonValue, word: string): void {
  let node = root;
  for (const key of keys.slice(0, -1)) {
    if (!(key in node)) node[key] = emptyTree();
    const next = node[key];
    if (!isObject(next)) throw setTwice(word);
    node = next;
  }
  const last = keys.at(-1)!;
  if (last in node) throw setTwice(word);
  node[last] = value;
}

function setTwice(word: string): OptionError {
  return new OptionError(
    `--set ${word}: an earlier --set gave this key a value; give each key once`,
    '--set',
    word,
  );
}

function readValue(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return text;
  }
}

/**
 * Objects of `right` are merged into those of `left`; any other value of `right` takes the place of `left`'s, and so does an
 * object with another `id`, such as a schedule of another kind.
 */
export function mergeObjects(left: JsonObject, right: JsonObject): JsonObject {
  const merged = Object.assign(emptyTree(), left);
  for (const [key, value] of Object.entries(right)) {
    const before = merged[key];
    merged[key] =
      isObject(before) && isObject(value) && !areTwoItems(before, value)
        ? mergeObjects(before, value)
        : value;
  }
  return merged;
}

function areTwoItems({ id: one }: JsonObject, { id: other }: JsonObject): boolean {
  return one !== undefined && other !== undefined && one !== other;
}

/** Without a prototype: a key called `__proto__` is a key like any other. */
function emptyTree(): Tree {
  return Object.create(null) as Tree;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
