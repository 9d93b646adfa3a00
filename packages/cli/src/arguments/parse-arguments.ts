import { parseArgs } from 'node:util';
import { OptionError, UnknownItemError } from '@dist-gan/core';
import { helpFlag, type Flag, type Positional } from './flag.js';

/** The words after a command's name, sorted out. */
export class ParsedArguments {
  constructor(
    private readonly positionals: ReadonlyMap<string, string>,
    private readonly flags: ReadonlyMap<string, readonly string[]>,
  ) {}

  positional(name: string): string | undefined {
    return this.positionals.get(name);
  }

  /** Whether a flag was given. */
  has(flag: string): boolean {
    return this.flags.has(flag);
  }

  /** A flag's value. */
  text(flag: string): string | undefined {
    return this.flags.get(flag)?.[0];
  }

  /** Every value of a repeatable flag, in the order given. */
  list(flag: string): readonly string[] {
    return this.flags.get(flag) ?? [];
  }

  /** A flag's value as a whole number of at least `minimum`. */
  wholeNumber(flag: string, minimum: number): number | undefined {
    const text = this.text(flag);
    if (text === undefined) return undefined;
    const value = text.trim() === '' ? Number.NaN : Number(text);
    if (!Number.isSafeInteger(value) || value < minimum) {
      throw new OptionError(
        `--${flag} must be a whole number of ${minimum} or more (got ${text})`,
        `--${flag}`,
        text,
      );
    }
    return value;
  }
}

/**
 * Reads a command's arguments strictly: what the command does not know is an error that names the nearest
 * flag it knows.
 *
 * @throws UnknownItemError for an unknown flag
 * @throws OptionError for a missing value, a value that is not among a flag's choices, a
 *   flag given twice, or a word too many
 */
export function parseArguments(
  words: readonly string[],
  command: {
    readonly name: string;
    readonly positionals: readonly Positional[];
    readonly flags: readonly Flag[];
  },
): ParsedArguments {
  const known = [...command.flags, helpFlag];
  const { tokens } = parseArgs({
    args: [...words],
    options: Object.fromEntries(
      known.map((flag) => [flag.name, { type: flag.value === undefined ? 'boolean' : 'string' } as const]),
    ),
    strict: false,
    tokens: true,
  });

  const positionals = new Map<string, string>();
  const flags = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind === 'positional') {
      const next = command.positionals[positionals.size];
      if (next === undefined) throw unexpectedWord(token.value, command.name);
      positionals.set(next.name, token.value);
    } else if (token.kind === 'option') {
      const flag = known.find(({ name }) => token.rawName === `--${name}`);
      if (flag === undefined) {
        throw new UnknownItemError(
          'flag',
          token.rawName,
          known.map(({ name }) => `--${name}`),
        );
      }
      const value = flagValue(flag, token.value, token.inlineValue === true);
      const values = flags.get(flag.name) ?? [];
      if (values.length > 0 && flag.repeatable !== true) {
        throw new OptionError(`--${flag.name} is given twice; give it once`, `--${flag.name}`, value);
      }
      flags.set(flag.name, [...values, value]);
    }
  }
  return new ParsedArguments(positionals, flags);
}

/** The checked value of a flag; the empty text for a switch. */
function flagValue(flag: Flag, value: string | undefined, inline: boolean): string {
  const name = `--${flag.name}`;
  if (flag.value === undefined) {
    if (value !== undefined) throw new OptionError(`${name} takes no value (got ${value})`, name, value);
    return '';
  }
  // `--out --json` would take the next flag for a folder.
  if (value === undefined || value === '' || (!inline && value.startsWith('--'))) {
    throw new OptionError(`${name} needs a value: ${name} <${flag.value}>`, name, value);
  }
  if (flag.choices !== undefined && !flag.choices.includes(value)) {
    throw new OptionError(`${name} must be ${either(flag.choices)} (got ${value})`, name, value);
  }
  return value;
}

function unexpectedWord(word: string, command: string): OptionError {
  return new OptionError(
    `${command} does not know what to do with "${word}"; see dist-gan ${command} --help`,
    command,
    word,
  );
}

/** `a`, `a or b`, `a, b or c`. */
function either(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
