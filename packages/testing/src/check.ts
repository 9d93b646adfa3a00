import { describe, it } from 'vitest';

/** One thing that must be true of an item: a name and a function that throws when it is not. */
export interface Check {
  readonly name: string;
  readonly run: () => void | Promise<void>;
}

/** One vitest test per check, under a common title. */
export function describeChecks(title: string, checks: readonly Check[]): void {
  describe(title, () => {
    for (const { name, run } of checks) it(name, run);
  });
}

/** Runs checks without a test around each: the names of those that fail, in order. */
export async function failedChecks(checks: readonly Check[]): Promise<string[]> {
  const failed: string[] = [];
  for (const { name, run } of checks) {
    try {
      await run();
    } catch {
      failed.push(name);
    }
  }
  return failed;
}
