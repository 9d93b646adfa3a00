import { OptionError, toJson } from '@dist-gan/core';

/**
 * Refuses to merge metrics that count different things.
 *
 * @throws OptionError when the two differ
 */
export function mergeableProtocol(id: string, one: unknown, other: unknown): void {
  if (toJson(one) === toJson(other)) return;
  throw new OptionError(
    `${id}: merged metrics must have been made with the same options; make both from one set of options`,
    'other',
    other,
  );
}
