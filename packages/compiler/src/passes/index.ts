import type { GraphBuilder } from '../graph/builder.js';
import type { Graph } from '../graph/types.js';
import { biasFusion } from './bias-fusion.js';
import { columnSums } from './column-sums.js';
import { commonSubexpressions } from './common-subexpressions.js';
import { constantFolding } from './constant-folding.js';
import { flatUpdates } from './flat-updates.js';
import type { Pass } from './pass.js';
import { rectifierMasks } from './rectifier-masks.js';
import { simplification } from './simplification.js';
import { stateLayouts } from './state-layouts.js';
import { transposeSinking } from './transpose-sinking.js';

/** Passes that make room for one another: repeated until nothing gets smaller. */
const cleaning = { constantFolding, simplification, transposeSinking, commonSubexpressions } as const satisfies Record<string, Pass>;

/** Passes that run once, each followed by cleaning. */
const shaping = { stateLayouts, rectifierMasks, columnSums, biasFusion, flatUpdates } as const satisfies Record<string, Pass>;

export type PassName = keyof typeof cleaning | keyof typeof shaping;

export const passNames = [...Object.keys(cleaning), ...Object.keys(shaping)] as readonly PassName[];

const mostRounds = 8;

/** Runs the passes in their order, less those that are switched off. */
export function optimizeGraph(
  graph: Graph,
  builder: GraphBuilder,
  enabled: Partial<Readonly<Record<PassName, boolean>>> = {},
): Graph {
  const chosen = (passes: Readonly<Record<string, Pass>>) =>
    Object.entries(passes).flatMap(([name, pass]) => (enabled[name as PassName] === false ? [] : [pass]));
  const clean = (dirty: Graph): Graph => {
    let current = dirty;
    for (let round = 0; round < mostRounds; round++) {
      const before = current;
      current = chosen(cleaning).reduce((input, pass) => pass(input, builder), current);
      if (current === before) break;
    }
    return current;
  };
  return chosen(shaping).reduce((current, pass) => {
    const shaped = pass(current, builder);
    return shaped === current ? current : clean(shaped);
  }, clean(graph));
}
