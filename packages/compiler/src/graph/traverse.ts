import type { Graph, Value } from './types.js';

/** What a graph computes: every value that something outside it reads. */
export function rootsOf(graph: Graph): Value[] {
  return [...graph.states.map((state) => state.output), ...graph.outputs.map((output) => output.value)];
}

/** Of graphs, which never change: one pass after the other asks for the same. */
const known = new WeakMap<Graph, readonly Value[]>();

/** All values that the roots need, operands before their users. */
export function valuesOf(graph: Graph): readonly Value[] {
  const before = known.get(graph);
  if (before !== undefined) return before;
  const seen = new Map<number, Value>();
  const pending = [
    ...graph.inputs.map((input) => input.value),
    ...graph.states.map((state) => state.input),
    ...rootsOf(graph),
  ];
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    if (seen.has(value.id)) continue;
    seen.set(value.id, value);
    pending.push(...value.inputs);
  }
  const values = Array.from(Uint32Array.from(seen.keys()).sort(), (id) => seen.get(id)!);
  known.set(graph, values);
  return values;
}

/** Number of operations: values that are not inputs, states or constants. */
export function countOperations(graph: Graph): number {
  return valuesOf(graph).filter((value) => value.inputs.length > 0).length;
}

/** The users of every value; a root has the user `undefined` once for each time it leaves the graph. */
export function usersOf(graph: Graph): Map<Value, (Value | undefined)[]> {
  const users = new Map<Value, (Value | undefined)[]>();
  const add = (value: Value, user: Value | undefined) => {
    const list = users.get(value);
    if (list) list.push(user);
    else users.set(value, [user]);
  };
  for (const value of valuesOf(graph)) for (const input of value.inputs) add(input, value);
  for (const root of rootsOf(graph)) add(root, undefined);
  return users;
}
