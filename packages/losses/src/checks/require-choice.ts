import { OptionError } from '@dist-gan/core';

/** Refuses a word that is not one of those allowed. */
export function requireChoice(
  where: string,
  option: string,
  value: string | undefined,
  allowed: readonly string[],
): void {
  if (value !== undefined && allowed.includes(value)) return;
  throw new OptionError(
    `${where}: ${option} must be one of ${allowed.join(', ')}, got ${JSON.stringify(value) ?? 'none'}`,
    option,
    value,
  );
}

/** Refuses a number that is negative or not finite. */
export function requireNonNegative(where: string, option: string, value: number): void {
  if (Number.isFinite(value) && value >= 0) return;
  throw new OptionError(`${where}: ${option} must be a number of 0 or more, got ${value}`, option, value);
}
