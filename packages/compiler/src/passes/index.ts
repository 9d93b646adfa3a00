import type { GraphBuilder } from '../graph/builder.js';
import type { Graph } from '../graph/types.js';
import { biasFusion } from './bias-fusion.js';
import { columnSums } from './column-sums.js';
import { commonSubexpressions } from './common-subexpressions.js';
import { constantFolding } from './constant-folding.js';
import { flatUpdates } from './flat-updates.js';
import { narrowFactors } from './narrow-factors.js';
import type { Pass } from './pass.js';
import { rectifierMasks } from './rectifier-masks.js';
import { simplification } from './simplification.js';
import { stateLayouts } from './state-layouts.js';
import { transposeSinking } from './transpose-sinking.js';
import { zeroSums } from './zero-sums.js';

/** Passes that make room for one another: repeated until none of them changes anything. */
const cleaning = {
  simplification,
  transposeSinking,
  constantFolding,
  commonSubexpressions,
  narrowFactors,
} as const satisfies Record<string, Pass>;

/** Passes that run once, in this order; what they leave is cleaned after each group. */
const sums = { zeroSums } as const satisfies Record<string, Pass>;
const layout = { stateLayouts } as const satisfies Record<string, Pass>;
const products = { rectifierMasks, columnSums, biasFusion } as const satisfies Record<string, Pass>;
const updates = { flatUpdates } as const satisfies Record<string, Pass>;

export type PassName =
  | keyof typeof cleaning
  | keyof typeof sums
  | keyof typeof layout
  | keyof typeof products
  | keyof typeof updates;

export const passNames = [cleaning, sums, layout, products, updates].flatMap((group) =>
  Object.keys(group),
) as readonly PassName[];

/** A guard against two rules that undo one another. */
const mostRounds = 10;

/** Runs the passes in their order, less those that are switched off. */
export function optimizeGraph(
  graph: Graph,
  builder: GraphBuilder,
  enabled: Partial<Readonly<Record<PassName, boolean>>> = {},
): Graph {
  const chosen = (passes: Readonly<Record<string, Pass>>) =>
    Object.entries(passes).flatMap(([name, pass]) => (enabled[name as PassName] === false ? [] : [pass]));
  const run = (passes: Readonly<Record<string, Pass>>, input: Graph) =>
    chosen(passes).reduce((current, pass) => pass(current, builder), input);
  const clean = (dirty: Graph): Graph => {
    const passes = chosen(cleaning);
    let current = dirty;
    for (let turn = 0, idle = 0; idle < passes.length && turn < mostRounds * passes.length; turn++) {
      const next = passes[turn % passes.length](current, builder);
      idle = next === current ? idle + 1 : 0;
      current = next;
    }
    return current;
  };
  return [sums, layout, products, updates].reduce((current, group) => {
    const shaped = run(group, current);
    return shaped === current ? current : clean(shaped);
  }, clean(graph));
}
