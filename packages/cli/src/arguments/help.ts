import { Command } from 'commander';
import type { Syntax } from './flag.js';
import { commanderOf } from './program.js';

/** What `dist-gan --help` prints. */
export function programHelp(
  commands: readonly { readonly name: string; readonly summary: string }[],
): string {
  const program = new Command('dist-gan')
    .description('Train GANs that do not collapse, and measure them honestly.')
    .usage('<command> [...]')
    .helpOption('-h, --help', 'show this help; after a command, the help of that command')
    .option('-v, --version', 'print the version')
    .configureHelp({ helpWidth: 110, subcommandTerm: (command) => command.name() })
    .helpCommand('help [command]', 'show the help of a command');
  for (const { name, summary } of commands) program.command(name).description(summary);
  program.addHelpText('after', '\nStart here: dist-gan train gaussian-grid');
  return printed(program);
}

/** What `dist-gan <command> --help` prints. */
export function commandHelp(syntax: Syntax, summary: string): string {
  return printed(commanderOf(syntax, `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`));
}

/** With the text after it, which `helpInformation` leaves out. */
function printed(command: Command): string {
  let text = '';
  command.configureOutput({ writeOut: (part) => (text += part) });
  command.outputHelp();
  return text;
}
