import type { GraphBuilder } from '../graph/builder.js';
import type { Graph } from '../graph/types.js';
import { biasFusion } from './bias-fusion.js';
import { columnSums } from './column-sums.js';
import { commonSubexpressions } from './common-subexpressions.js';
import { constantFolding } from './constant-folding.js';
import { flatUpdates } from './flat-updates.js';
import { narrowFactors } from './narrow-factors.js';
import { fusionNames, type FusionName } from './fusion-names.js';
import type { Pass } from './pass.js';
import { patchTiles } from './patch-tiles.js';
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
const tiles = { patchTiles } as const satisfies Record<string, Pass>;
const updates = { flatUpdates } as const satisfies Record<string, Pass>;

const groups = [sums, layout, products, tiles, updates];

export type PassName =
  | keyof typeof cleaning
  | keyof typeof sums
  | keyof typeof layout
  | keyof typeof products
  | keyof typeof tiles
  | keyof typeof updates
  | FusionName;

/** Which passes run; those that are not named run. */
export type PassChoice = Partial<Readonly<Record<PassName, boolean>>>;

/** Of the passes of every target, and of those that one has beside them. */
export const passNames = [
  ...[cleaning, ...groups].flatMap((group) => Object.keys(group)),
  ...fusionNames,
] as readonly PassName[];

/** Passes that not every target can have, for they make operations of its own. */
export type OwnPasses = Partial<Readonly<Record<FusionName, Pass>>>;

/** A guard against two rules that undo one another. */
const mostRounds = 10;

/**
 * Runs the passes in their order, less those that are switched off and those that need one of these.
 *
 * @param own of a target, run last
 */
export function optimizeGraph(
  graph: Graph,
  builder: GraphBuilder,
  choice: PassChoice = {},
  own: OwnPasses = {},
): Graph {
  const all: readonly Readonly<Record<string, Pass>>[] = [...groups, own];
  const chosen = chosenPasses([cleaning, ...all], choice);
  const passesOf = (group: Readonly<Record<string, Pass>>) =>
    inOrder(Object.values(group).filter((pass) => chosen.has(pass)));
  const clean = (dirty: Graph): Graph => {
    const passes = passesOf(cleaning);
    let current = dirty;
    for (let turn = 0, idle = 0; idle < passes.length && turn < mostRounds * passes.length; turn++) {
      const next = passes[turn % passes.length](current, builder);
      idle = next === current ? idle + 1 : 0;
      current = next;
    }
    return current;
  };
  return all.reduce((current, group) => {
    const shaped = passesOf(group).reduce((shape, pass) => pass(shape, builder), current);
    return shaped === current ? current : clean(shaped);
  }, clean(graph));
}

function chosenPasses(
  groups: readonly Readonly<Record<string, Pass>>[],
  choice: PassChoice,
): ReadonlySet<Pass> {
  const named = groups.flatMap((group) => Object.entries(group));
  const wanted = new Set(named.flatMap(([name, pass]) => ((choice[name as PassName] ?? true) ? [pass] : [])));
  const complete = (pass: Pass): boolean => wanted.has(pass) && (pass.needs ?? []).every(complete);
  return new Set([...wanted].filter(complete));
}

/** Every pass after those of the list that it needs; otherwise as they are. */
function inOrder(passes: readonly Pass[]): Pass[] {
  const ordered = new Set<Pass>();
  const place = (pass: Pass) => {
    for (const needed of pass.needs ?? []) if (passes.includes(needed)) place(needed);
    ordered.add(pass);
  };
  passes.forEach(place);
  return [...ordered];
}
