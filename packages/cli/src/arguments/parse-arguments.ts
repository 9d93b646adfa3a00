import { OptionError, UnknownItemError } from '@dist-gan/core';
import { CommanderError } from 'commander';
import type { Flag, Syntax } from './flag.js';
import { commanderOf } from './program.js';

/** The words after a command's name, sorted out. */
export class ParsedArguments {
  constructor(
    private readonly positionals: ReadonlyMap<string, readonly string[]>,
    private readonly flags: ReadonlyMap<string, readonly string[]>,
  ) {}

  positional(name: string): string | undefined {
    return this.positionals.get(name)?.[0];
  }

  /** Every word of a positional that is repeatable. */
  positionalList(name: string): readonly string[] {
    return this.positionals.get(name) ?? [];
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
export function parseArguments(words: readonly string[], command: Syntax): ParsedArguments {
  const parser = commanderOf(command);
  const flags = new Map<string, string[]>();
  for (const flag of command.flags) {
    parser.on(`option:${flag.name}`, (value: string | null) => {
      const values = flags.get(flag.name) ?? [];
      if (values.length > 0 && flag.repeatable !== true) {
        throw new OptionError(`--${flag.name} is given twice; give it once`, `--${flag.name}`, value);
      }
      flags.set(flag.name, [...values, flagValue(flag, value ?? '', command.flags)]);
    });
  }
  try {
    parser.parse([...words], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.code !== 'commander.helpDisplayed') throw ourError(error, command, parser.args);
    flags.set('help', ['']);
  }
  const given = command.positionals.map(
    ({ name, repeatable }, i) => [name, parser.args.slice(i, repeatable ? undefined : i + 1)] as const,
  );
  return new ParsedArguments(new Map(given), flags);
}

/** What is wrong, in our own words: with the nearest name, and the way out. @param words those that are no flags */
function ourError({ code, message }: CommanderError, command: Syntax, words: readonly string[]): Error {
  const named = /'(.*)'/.exec(message)?.[1] ?? '';
  const { flags, name } = command;
  if (code === 'commander.optionMissingArgument') {
    const flag = flags.find((candidate) => named.includes(`--${candidate.name} <`));
    return flag === undefined ? new OptionError(message, named, undefined) : missingValue(flag, undefined);
  }
  if (code === 'commander.unknownOption') {
    const equals = named.indexOf('=');
    const [before, after] = [named.slice(0, equals), named.slice(equals + 1)];
    if (equals > 0 && flags.some((flag) => before === `--${flag.name}` && flag.value === undefined)) {
      return new OptionError(`${before} takes no value (got ${after})`, before, after);
    }
    const known = [...flags.map((flag) => `--${flag.name}`), '--help'];
    return new UnknownItemError('flag', equals > 0 ? before : named, known);
  }
  const tooMany = words.at(command.positionals.length) ?? '';
  return new OptionError(
    `${name} does not know what to do with "${tooMany}"; see dist-gan ${name} --help`,
    name,
    tooMany,
  );
}

/** The checked value of a flag; the empty text for a switch. */
function flagValue(flag: Flag, value: string, flags: readonly Flag[]): string {
  const name = `--${flag.name}`;
  if (flag.value === undefined) return '';
  // `--out --json` would take the next flag for a folder.
  const isFlag = flags.some(({ name: other, short }) => value === `--${other}` || value === `-${short}`);
  if (value === '' || isFlag) throw missingValue(flag, value);
  if (flag.choices !== undefined && !flag.choices.includes(value)) {
    throw new OptionError(`${name} must be ${either(flag.choices)} (got ${value})`, name, value);
  }
  return value;
}

function missingValue({ name, value }: Flag, got: string | undefined): OptionError {
  return new OptionError(`--${name} needs a value: --${name} <${value}>`, `--${name}`, got);
}

/** `a`, `a or b`, `a, b or c`. */
function either(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
