import { script } from '@bomb.sh/tab';
import { OptionError, UnknownItemError } from '@dist-gan/core';
import { exitCodes, type Command } from './command.js';

const shells = ['bash', 'zsh', 'fish', 'powershell'] as const;

export const complete: Command = {
  name: 'complete',
  positionals: [
    {
      name: 'shell',
      description: `which shell: ${shells.join(', ')}`,
      complete: () => shells.map((value) => ({ value })),
    },
  ],
  flags: [],
  details: [
    'Presets, data sets, flags, their values and the keys of --set are completed. bash needs its package bash-completion.',
  ],
  examples: [
    'dist-gan complete bash >> ~/.bashrc          # then open another shell',
    'dist-gan complete zsh >> ~/.zshrc',
    'dist-gan complete fish > ~/.config/fish/completions/dist-gan.fish',
  ],
  async run(given) {
    const shell = given.positional('shell');
    if (shell === undefined) {
      throw new OptionError(`complete needs a shell: ${shells.join(', ')}`, 'shell', shell);
    }
    if (!(shells as readonly string[]).includes(shell)) throw new UnknownItemError('shell', shell, shells);
    script(shell, 'dist-gan', 'dist-gan');
    return exitCodes.success;
  },
};
