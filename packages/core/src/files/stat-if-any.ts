import type { Stats } from 'node:fs';

/** What is known of a file or folder (Node); of what cannot be reached, such as a link to itself or too long a name, nothing. */
export function statIfAny(path: string): Stats | undefined {
  try {
    return process.getBuiltinModule('node:fs').statSync(path);
  } catch {
    return undefined;
  }
}
