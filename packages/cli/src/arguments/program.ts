import { Command, Option } from 'commander';
import type { Flag, Syntax } from './flag.js';

/** The widest line of a help. */
const helpWidth = 110;

/** What commander knows of a command: for its help and its parser. */
export function commanderOf({ name, positionals, flags, details, examples }: Syntax, summary = ''): Command {
  const command = new Command(`dist-gan ${name}`)
    .description(summary)
    .usage(
      `${positionals.map(({ name: word, repeatable }) => `<${word}>${repeatable ? ' ...' : ''}`).join(' ')} [flags]`.trimStart(),
    )
    .helpOption('-h, --help', 'show this help')
    .configureHelp({
      helpWidth,
      showGlobalOptions: false,
      styleTitle: (title) => title.replace('Options', 'Flags'),
    })
    .exitOverride()
    .configureOutput({ writeErr: () => {}, writeOut: () => {} });
  // Which positionals a command needs it says itself, with an example.
  for (const { name: word, description, repeatable } of positionals) {
    command.argument(`[${word}${repeatable ? '...' : ''}]`, description);
  }
  for (const flag of flags) command.addOption(optionOf(flag));
  const after = [
    ...(details ?? []),
    ...(examples === undefined ? [] : [`Examples:\n${examples.map((example) => `  ${example}`).join('\n')}`]),
  ];
  if (after.length > 0) command.addHelpText('after', `\n${after.join('\n\n')}`);
  return command;
}

function optionOf({ name, short, value, choices, repeatable, description }: Flag): Option {
  const names = short === undefined ? `--${name}` : `-${short}, --${name}`;
  const option = new Option(
    value === undefined ? names : `${names} <${value}>`,
    `${description}${repeatable ? '; repeatable' : ''}`,
  );
  // For the help; a value that is none of them gets an error of ours.
  if (choices !== undefined) option.argChoices = [...choices];
  return option;
}
