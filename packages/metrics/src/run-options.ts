import type { RunOptions } from './linear-algebra/computation.js';

/** Tells the options of a metric, which belong to its protocol, from how it is run. */
export function splitRunOptions<Options extends RunOptions>(
  options: Options,
): [Omit<Options, keyof RunOptions>, RunOptions] {
  const { onProgress, signal, engine, ...rest } = options;
  return [rest, { onProgress, signal, engine }];
}
