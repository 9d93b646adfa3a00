import { RootCommand } from '@bomb.sh/tab';
import type { Completion, Flag, Syntax } from '../arguments/index.js';
import { commands } from '../commands/index.js';

/**
 * Prints what a shell may offer for the last of some words, as the scripts of `@bomb.sh/tab` ask for it. Only the
 * command that is being written is loaded, and only the values that can come next are looked up.
 *
 * @param words the command line after `dist-gan`; the last is the one that is being written
 */
export async function completeWords(words: readonly string[]): Promise<void> {
  const [name, ...rest] = words;
  const root = new RootCommand();
  for (const entry of commands) {
    const command = root.command(entry.name, entry.summary);
    if (entry.name !== name || rest.length === 0) continue;
    const syntax = await entry.load();
    const offered = await offersFor(syntax, rest);
    for (const flag of syntax.flags) {
      if (flag.value === undefined) command.option(flag.name, flag.description, flag.short);
      else command.option(flag.name, flag.description, offer(offered), flag.short);
    }
    for (const positional of syntax.positionals) command.argument(positional.name, offer(offered));
  }
  root.parse([...words]);
}

const offer =
  (completions: readonly Completion[]) => (complete: (value: string, description: string) => void) => {
    for (const { value, description = '' } of completions) complete(value, description);
  };

/** Values for the last word: of the flag before it, or of the positional that it is. */
async function offersFor(syntax: Syntax, words: readonly string[]): Promise<readonly Completion[]> {
  const flag = flagBefore(syntax.flags, words.at(-2));
  if (flag !== undefined) {
    return flag.choices?.map((value) => ({ value })) ?? (await flag.complete?.(words)) ?? [];
  }
  return (await syntax.positionals[0]?.complete?.(words)) ?? [];
}

function flagBefore(flags: readonly Flag[], word: string | undefined): Flag | undefined {
  return flags.find(
    ({ name, short, value }) => value !== undefined && (word === `--${name}` || word === `-${short}`),
  );
}
