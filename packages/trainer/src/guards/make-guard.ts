import { UnknownItemError, type JsonObject } from '@dist-gan/core';
import type { Guard } from './guard.js';
import { guards } from './guards.js';

/**
 * A guard from its id and options, as configuration files have them.
 *
 * @throws UnknownItemError for an id that no guard has
 * @throws OptionError for options that it does not take
 */
export function makeGuard(id: string, options?: JsonObject): Guard {
  const makers: Readonly<Record<string, (options: never) => Guard>> = guards;
  if (!Object.hasOwn(makers, id)) throw new UnknownItemError('guard', id, Object.keys(makers));
  return makers[id](options as never);
}
