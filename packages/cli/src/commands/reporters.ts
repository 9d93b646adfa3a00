import { OptionError, UnknownItemError } from '@dist-gan/core';
import { JsonLinesReporter, ProgressReporter, TensorBoardReporter, type Reporter } from '@dist-gan/runs';
import type { Flag, ParsedArguments } from '../arguments/index.js';
import type { Terminal } from '../terminal.js';

const makers: Readonly<Record<string, (outputs: Outputs) => Reporter[]>> = {
  progress: ({ people }) => [new ProgressReporter(people)],
  quiet: () => [],
  jsonl: ({ stdout }) => [new JsonLinesReporter(stdout)],
  tensorboard: () => [new TensorBoardReporter()],
};

interface Outputs {
  readonly stdout: Terminal['stdout'];
  /** Where people read: beside JSON lines, not among them. */
  readonly people: Terminal['stdout'];
}

export interface ChosenReporters {
  readonly reporters: readonly Reporter[];
  /** For words of the command itself; undefined where nothing shall be said. */
  readonly people: Terminal['stdout'] | undefined;
  /** For JSON lines of the command itself; undefined where none are wanted. */
  readonly jsonLines: Terminal['stdout'] | undefined;
  /** Before the run begins, and where nothing else says it. */
  readonly notice: (message: string) => void;
}

/** The flags of commands that train. */
export const reporterFlags: readonly Flag[] = [
  {
    name: 'reporter',
    value: 'names',
    description: `who is told how the run goes, separated by commas: ${Object.keys(makers).join(', ')} (default progress)`,
  },
  { name: 'json', short: 'j', description: 'as --reporter jsonl: JSON lines in place of progress' },
];

/** @throws UnknownItemError for a name that is none, OptionError where both flags are given */
export function chooseReporters(given: ParsedArguments, { stdout, stderr }: Terminal): ChosenReporters {
  const text = given.text('reporter');
  if (text !== undefined && given.has('json')) {
    throw new OptionError('--json is --reporter jsonl; give one of the two', '--json', true);
  }
  const names = [...new Set(given.has('json') ? ['jsonl'] : (text ?? 'progress').split(','))];
  for (const name of names) {
    if (!Object.hasOwn(makers, name)) throw new UnknownItemError('reporter', name, Object.keys(makers));
  }
  if (names.includes('quiet') && names.includes('progress')) {
    throw new OptionError('--reporter quiet,progress: choose one of the two', '--reporter', text);
  }
  const people = names.includes('jsonl') ? stderr : stdout;
  const quiet = names.includes('quiet');
  const notice = (message: string) => {
    if (!quiet) people.write(`${message}\n`);
  };
  const reporters = names.flatMap((name) => makers[name]({ stdout, people }));
  return {
    // Progress tells notices itself, on lines of their own.
    reporters: names.includes('progress') ? reporters : [...reporters, { id: 'notices', notice }],
    jsonLines: names.includes('jsonl') ? stdout : undefined,
    people: quiet || names.includes('jsonl') ? undefined : stdout,
    notice,
  };
}
