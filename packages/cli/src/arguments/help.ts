import type { Command } from '../commands/command.js';
import { helpFlag, type Flag } from './flag.js';

/** What `dist-gan --help` prints. */
export function programHelp(commands: readonly Command[]): string {
  return lines([
    'Train GANs that do not collapse, and measure them honestly.',
    '',
    'Usage: dist-gan <command> [...]',
    '',
    'Commands',
    ...table(commands.map(({ name, summary }) => [name, summary])),
    '',
    'Flags',
    ...table([
      ['--help', 'show this help; after a command, the help of that command'],
      ['--version', 'print the version'],
    ]),
    '',
    'Start here: dist-gan train gaussian-grid',
  ]);
}

/** What `dist-gan <command> --help` prints. */
export function commandHelp(command: Command): string {
  const positionals = command.positionals.map(({ name }) => ` <${name}>`).join('');
  return lines([
    `${capitalised(command.summary)}.`,
    '',
    `Usage: dist-gan ${command.name}${positionals} [flags]`,
    ...section(
      'Arguments',
      command.positionals.map(({ name, description }) => [`<${name}>`, description]),
    ),
    ...section('Flags', [...command.flags, helpFlag].map(flagRow)),
    ...(command.details ?? []).flatMap((paragraph) => ['', paragraph]),
    '',
    'Examples',
    ...command.examples.map((example) => `  ${example}`),
  ]);
}

function flagRow(flag: Flag): readonly [string, string] {
  const value = flag.choices?.join('|') ?? (flag.value === undefined ? '' : `<${flag.value}>`);
  return [`--${flag.name} ${value}`.trimEnd(), flag.description + (flag.repeatable ? '; repeatable' : '')];
}

function section(title: string, rows: readonly (readonly [string, string])[]): string[] {
  return rows.length === 0 ? [] : ['', title, ...table(rows)];
}

/** Two columns; a left entry too wide for its column gets a line of its own. */
function table(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.min(26, Math.max(...rows.map(([left]) => left.length)));
  return rows.flatMap(([left, right]) =>
    left.length > width
      ? [`  ${left}`, `  ${' '.repeat(width)}  ${right}`]
      : [`  ${left.padEnd(width)}  ${right}`],
  );
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function lines(parts: readonly string[]): string {
  return `${parts.join('\n')}\n`;
}
