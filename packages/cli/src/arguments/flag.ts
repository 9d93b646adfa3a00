/** One `--name` of a command. */
export interface Flag {
  /** Without the dashes. */
  readonly name: string;
  /** A letter for it, without its dash. */
  readonly short?: string;
  /** What the help calls its value, for instance `n` or `folder`; a flag without it is a switch. */
  readonly value?: string;
  /** The only values allowed. */
  readonly choices?: readonly string[];
  /** May be given more than once. */
  readonly repeatable?: boolean;
  /** One line, lower case, for the help. */
  readonly description: string;
  /** Values that a shell may offer, beside `choices`. */
  readonly complete?: Completer;
}

/** A word without dashes that a command takes. */
interface Positional {
  readonly name: string;
  /** The last one may be any number of words. */
  readonly repeatable?: boolean;
  readonly description: string;
  /** Values that a shell may offer. */
  readonly complete?: Completer;
}

/** Gives values and what they mean, from the words of the command so far. */
type Completer = (words: readonly string[]) => readonly Completion[] | Promise<readonly Completion[]>;

export interface Completion {
  readonly value: string;
  readonly description?: string;
}

/** What is said of a command's words: what its parser, its help and its completion are made of. */
export interface Syntax {
  readonly name: string;
  readonly positionals: readonly Positional[];
  readonly flags: readonly Flag[];
  /** Further paragraphs for the help. */
  readonly details?: readonly string[];
  readonly examples?: readonly string[];
}
