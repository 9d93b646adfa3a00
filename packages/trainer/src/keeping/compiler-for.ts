import type { CompilerOptions } from '../executor/index.js';
import type { RunKeeper } from './run-keeper.js';

/** What is compiled for: what the options say, or else what ran the kept run before. */
export function compilerFor(
  compiler: CompilerOptions | undefined,
  { engine }: Pick<RunKeeper, 'engine'>,
): CompilerOptions {
  const isNamed = compiler?.target !== undefined || compiler?.device !== undefined;
  return isNamed || engine === undefined ? { ...compiler } : { ...compiler, ...engine };
}
