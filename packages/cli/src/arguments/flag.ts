/** One `--name` of a command. */
export interface Flag {
  /** Without the dashes. */
  readonly name: string;
  /** What the help calls its value, for instance `n` or `folder`; a flag without it is a switch. */
  readonly value?: string;
  /** The only values allowed. */
  readonly choices?: readonly string[];
  /** May be given more than once. */
  readonly repeatable?: boolean;
  /** One line, lower case, for the help. */
  readonly description: string;
}

/** A word without dashes that a command takes. */
export interface Positional {
  readonly name: string;
  readonly description: string;
}

/** Every command has it. */
export const helpFlag: Flag = { name: 'help', description: 'show this help' };
