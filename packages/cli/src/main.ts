import { isGanError, UnknownItemError } from '@dist-gan/core';
import { commandHelp, parseArguments, programHelp } from './arguments/index.js';
import { exitCodes, type Command } from './commands/command.js';
import { doctor } from './commands/doctor.js';
import { evaluate } from './commands/evaluate.js';
import { fetch } from './commands/fetch.js';
import { presetsCommand } from './commands/presets.js';
import { resume } from './commands/resume.js';
import { setup } from './commands/setup.js';
import { trainClassifier } from './commands/train-classifier.js';
import { train } from './commands/train.js';
import { version } from './run-folder/index.js';
import type { Terminal } from './terminal.js';

const commands: readonly Command[] = [
  train,
  resume,
  evaluate,
  fetch,
  trainClassifier,
  presetsCommand,
  doctor,
  setup,
];

/**
 * The program: reads the command line, runs the command, prints errors.
 *
 * @param words the command line without `node` and the script
 * @returns the exit code; it never throws
 */
export async function main(words: readonly string[], terminal: Terminal): Promise<number> {
  try {
    return await dispatch(words, terminal);
  } catch (error) {
    return reportError(error, terminal);
  }
}

async function dispatch([name, ...rest]: readonly string[], terminal: Terminal): Promise<number> {
  if (name === '--version') {
    terminal.stdout.write(`${version}\n`);
    return exitCodes.success;
  }
  if (name === undefined || name === '--help' || name === 'help') {
    terminal.stdout.write(programHelp(commands));
    return name === undefined ? exitCodes.failure : exitCodes.success;
  }
  const command = commands.find((candidate) => candidate.name === name);
  if (command === undefined) {
    const known = [...commands.map((candidate) => candidate.name), '--help', '--version'];
    throw new UnknownItemError(name.startsWith('-') ? 'flag' : 'command', name, known);
  }
  const given = parseArguments(rest, command);
  if (given.has('help')) {
    terminal.stdout.write(commandHelp(command));
    return exitCodes.success;
  }
  return command.run(given, terminal);
}

/** One line for an error that says its own remedy; for any other, how to see where it comes from. @returns the exit code */
export function reportError(error: unknown, { stderr, environment }: Terminal): number {
  const debug = (environment.DIST_GAN_DEBUG ?? '') !== '';
  const message = error instanceof Error ? error.message : String(error);
  stderr.write(`error: ${message.replaceAll(/\s*\n\s*/g, ' ')}\n`);
  if (debug && error instanceof Error) stderr.write(`${error.stack ?? ''}\n`);
  if (isGanError(error)) return exitCodes.failure;
  if (!debug) {
    stderr.write('This was not foreseen. Run again with DIST_GAN_DEBUG=1 to see where it comes from.\n');
  }
  return exitCodes.unexpected;
}
