import { isGanError, machineRemedy, UnknownItemError } from '@dist-gan/core';
import { commandHelp, parseArguments, programHelp } from './arguments/index.js';
import { commands, type CommandEntry } from './commands/index.js';
import { exitCodes } from './commands/command.js';
import type { Terminal } from './terminal.js';
import { version } from './version.js';

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
  const { stdout } = terminal;
  switch (name) {
    case '-v':
    case '--version':
      stdout.write(`${version}\n`);
      return exitCodes.success;
    case undefined:
    case '-h':
    case '--help':
      stdout.write(programHelp(commands));
      return name === undefined ? exitCodes.failure : exitCodes.success;
    case 'help': {
      const wanted = rest.find((word) => !word.startsWith('-'));
      stdout.write(wanted === undefined ? programHelp(commands) : await helpOf(find(wanted)));
      return exitCodes.success;
    }
  }
  // What the shells' scripts ask, at every press of the key.
  if (name === 'complete' && rest[0] === '--') {
    const { completeWords } = await import('./completion/index.js');
    await completeWords(rest.slice(1));
    return exitCodes.success;
  }
  const entry = find(name);
  const command = await entry.load();
  const given = parseArguments(rest, command);
  if (!given.has('help')) {
    if (entry.takesOwnParts) await takeOwnParts(terminal);
    return command.run(given, terminal);
  }
  stdout.write(await helpOf(entry));
  return exitCodes.success;
}

/** Those that the configuration in the working directory brings. */
async function takeOwnParts({ workingDirectory }: Terminal): Promise<void> {
  const { loadOwnParts } = await import('./settings/own-parts.js');
  const parts = await loadOwnParts(workingDirectory);
  const { useOwnParts } = await import('./registry.js');
  useOwnParts(parts);
}

function find(name: string): CommandEntry {
  const entry = commands.find((candidate) => candidate.name === name);
  if (entry !== undefined) return entry;
  const known = [...commands.map((candidate) => candidate.name), '--help', '--version'];
  throw new UnknownItemError(name.startsWith('-') ? 'flag' : 'command', name, known);
}

async function helpOf(entry: CommandEntry): Promise<string> {
  return commandHelp(await entry.load(), entry.summary);
}

/** One line for an error that says its own remedy; for any other, how to see where it comes from. @returns the exit code */
export function reportError(error: unknown, { stderr, environment }: Terminal): number {
  const debug = (environment.DIST_GAN_DEBUG ?? '') !== '';
  const message = error instanceof Error ? error.message : String(error);
  const ofMachine = machineRemedy(error);
  const remedy = ofMachine === undefined || isGanError(error) ? '' : `; ${ofMachine}`;
  stderr.write(`error: ${message.replaceAll(/\s*\n\s*/g, ' ')}${remedy}\n`);
  if (debug && error instanceof Error) stderr.write(`${error.stack ?? ''}\n`);
  if (isGanError(error, 'BACKEND_UNAVAILABLE')) return exitCodes.unavailable;
  if (ofMachine !== undefined) return exitCodes.machine;
  if (isGanError(error)) return exitCodes.failure;
  if (!debug) {
    stderr.write('This was not foreseen. Run again with DIST_GAN_DEBUG=1 to see where it comes from.\n');
  }
  return exitCodes.unexpected;
}
