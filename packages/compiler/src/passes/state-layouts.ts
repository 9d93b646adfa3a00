import { isElementwise, isOperation } from '../graph/operation.js';
import { rewriteGraph } from '../graph/rewrite.js';
import { inversePermutation, permuted, sameShape } from '../graph/shape.js';
import { usersOf } from '../graph/traverse.js';
import type { Graph, State, Value } from '../graph/types.js';
import { transpose } from '../operations/movement/transpose.js';
import type { Pass } from './pass.js';

/**
 * Keeps convolution filters in the layout in which they are used, with their optimizer slots: the engine
 * then never transposes a filter, and only the reading and writing of variables does.
 */
export const stateLayouts: Pass = (graph, builder) => {
  const users = usersOf(graph);
  const layouts = new Map<State['input'], readonly number[]>();
  for (const state of graph.states) {
    if (state.permutation || layouts.has(state.input)) continue;
    const layout = layoutOfMostUses(users.get(state.input) ?? []);
    if (!layout) continue;
    for (const related of relatedStates(graph, state, users)) layouts.set(related.input, layout);
  }
  if (layouts.size === 0) return graph;

  const views = new Map<Value, { state: State['input']; view: Value }>();
  for (const [input, perm] of layouts) {
    const state = builder.state(input.attributes.name, permuted(input.shape, perm), input.dtype);
    views.set(input, { state, view: transpose(builder, state, { perm: inversePermutation(perm) }) });
  }
  const seen = new Map([...views].map(([input, { view }]) => [input, view]));
  const rewritten = rewriteGraph(graph, builder, () => undefined, seen);
  const states = rewritten.states.map((state, at): State => {
    const before = graph.states[at];
    const permutation = layouts.get(before.input);
    if (!permutation) return state;
    const input = views.get(before.input)!.state;
    const unchanged = before.output === before.input;
    const output = unchanged ? input : transpose(builder, state.output, { perm: permutation });
    return { ...state, input, output, permutation };
  });
  return { ...rewritten, states };
};

/** The permutation that more than half of the uses want, element by element ones aside, for those take any. */
function layoutOfMostUses(users: readonly (Value | undefined)[]): readonly number[] | undefined {
  const uses = users.flatMap((user) => (user && !isElementwise(user) ? [user] : []));
  const permutations = uses.flatMap((use) =>
    isOperation(use, transpose) && use.shape.length > 2 ? [use.attributes.perm] : [],
  );
  return permutations.find(
    (perm) => permutations.filter((other) => sameShape(perm, other)).length * 2 > uses.length,
  );
}

/** States whose updates mix with that of the given one: a weight and its slots. */
function relatedStates(graph: Graph, state: State, users: ReturnType<typeof usersOf>): State[] {
  const states = new Map<Value, State>(graph.states.map((other) => [other.input, other]));
  const found = new Set<State>([state]);
  const seen = new Set<Value>();
  const pending: Value[] = [state.input, state.output];
  for (let value = pending.pop(); value; value = pending.pop()) {
    if (seen.has(value) || !sameShape(value.shape, state.input.shape)) continue;
    seen.add(value);
    const owner = states.get(value);
    if (owner && !found.has(owner)) {
      found.add(owner);
      pending.push(owner.output);
    }
    if (isElementwise(value)) pending.push(...value.inputs);
    for (const user of users.get(value) ?? []) if (user && isElementwise(user)) pending.push(user);
  }
  return [...found];
}
