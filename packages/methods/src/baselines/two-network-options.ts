import { compositionEntries } from '../composition/composition-entries.js';
import { adamEntries } from '../options/adam.js';

/** What methods with a generator and a discriminator take that train with Adam, with a method's own defaults. */
export function twoNetworkEntries({
  discriminatorSteps,
  ...adam
}: { discriminatorSteps: number } & Parameters<typeof adamEntries>[0]) {
  return { ...compositionEntries({ discriminatorSteps }), ...adamEntries(adam) };
}
