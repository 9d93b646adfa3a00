import type { GraphBuilder } from '../graph/builder.js';
import { isElementwise, isOperation } from '../graph/operation.js';
import { sameShape, sizeOf } from '../graph/shape.js';
import { state as stateOperation } from '../graph/sources.js';
import { rootsOf, valuesOf } from '../graph/traverse.js';
import type { Graph, State, Value } from '../graph/types.js';
import { concat } from '../operations/movement/concat.js';
import { reshape } from '../operations/movement/reshape.js';
import { slice } from '../operations/movement/slice.js';
import type { Pass } from './pass.js';

/**
 * One update per network instead of one per weight.
 *
 * An optimizer does the same few operations to every weight and its slots. States whose updates have the
 * same form become one flat state, their gradients are concatenated, and the update runs once; where the
 * rest of the step needs a single weight, it is a slice.
 */
export const flatUpdates: Pass = (graph, builder) => {
  let groups = findGroups(graph);
  // Where a gradient needs another weight of its own group after the update, that group stays as it is.
  for (;;) {
    if (groups.length === 0) return graph;
    const result = new Flattening(graph, builder, groups).run();
    if ('graph' in result) return result.graph;
    groups = groups.filter((group) => group !== result.circular);
  }
};

/** Copying costs more than it saves for weights of more elements than this. */
const largestFlattened = 1 << 16;

/**
 * The update of one weight and its slots, as nodes in the order in which they are computed.
 *
 * Updates with the same signature differ only in the tensors that stand at their leaves.
 */
interface Update {
  readonly nodes: readonly Value[];
  readonly signature: string;
}

interface Group {
  readonly updates: readonly Update[];
  /** Position of every node of every update. */
  readonly positions: ReadonlyMap<Value, { readonly update: number; readonly position: number }>;
  /** What is computed at each position: a state, a tensor from outside the update, or an operation. */
  readonly kinds: readonly ('state' | 'outside' | 'operation')[];
}

function findGroups(graph: Graph): Group[] {
  const changing = graph.states.filter(({ input, output }) => input !== output);
  const candidates = changing.filter(
    ({ input, permutation }) =>
      input.dtype === 'float32' &&
      !permutation &&
      sizeOf(input.shape) > 1 &&
      sizeOf(input.shape) <= largestFlattened,
  );
  const states = new Map(candidates.map((state) => [state.input, state]));
  const depends = dependentOnStates(graph, states);
  const claimed = new Set<Value>();
  const bySignature = new Map<string, Update[]>();
  // Later outputs first: a weight's update contains those of its slots, an average of weights all of them.
  for (const { input, output } of [...candidates].sort((a, b) => b.output.id - a.output.id)) {
    if (claimed.has(output) || claimed.has(input)) continue;
    const update = traceUpdate(output, states, depends, claimed);
    if (!update) continue;
    for (const node of update.nodes) claimed.add(node);
    const same = bySignature.get(update.signature);
    if (same) same.push(update);
    else bySignature.set(update.signature, [update]);
  }
  return [...bySignature.values()]
    .filter((updates) => updates.length > 1)
    .map((updates) => toGroup(updates, states, depends));
}

function toGroup(
  updates: readonly Update[],
  states: ReadonlyMap<Value, State>,
  depends: ReadonlySet<Value>,
): Group {
  const positions = new Map(
    updates.flatMap(({ nodes }, update) =>
      nodes.map((node, position) => [node, { update, position }] as const),
    ),
  );
  const kinds = updates[0].nodes.map((node) => {
    if (states.has(node)) return 'state';
    return isInside(node, node.shape, depends) ? 'operation' : 'outside';
  });
  return { updates, positions, kinds };
}

/** Values that a state reaches through element by element operations of its own shape. */
function dependentOnStates(graph: Graph, states: ReadonlyMap<Value, State>): Set<Value> {
  const depends = new Set<Value>(states.keys());
  for (const value of valuesOf(graph)) {
    if (!isElementwise(value)) continue;
    if (value.inputs.some((input) => depends.has(input) && sameShape(input.shape, value.shape)))
      depends.add(value);
  }
  return depends;
}

/** Whether an operation belongs to an update: it mixes tensors of one shape and numbers, and its form matters. */
function isInside(value: Value, shape: Value['shape'], depends: ReadonlySet<Value>): boolean {
  if (!isElementwise(value) || value.dtype !== 'float32') return false;
  const large = value.inputs.filter((input) => sizeOf(input.shape) !== 1);
  if (!large.every((input) => sameShape(input.shape, shape) && input.dtype === 'float32')) return false;
  // Sums of gradients differ from weight to weight; scaled and squared gradients do not.
  return depends.has(value) || large.length === 1;
}

function traceUpdate(
  output: Value,
  states: ReadonlyMap<Value, State>,
  depends: ReadonlySet<Value>,
  claimed: ReadonlySet<Value>,
): Update | undefined {
  const { shape } = output;
  const nodes: Value[] = [];
  const numbers = new Map<Value, number>();
  const parts: string[] = [];
  const visit = (value: Value): boolean => {
    if (numbers.has(value)) return true;
    if (claimed.has(value)) return false;
    if (states.has(value)) parts.push('state');
    else if (!isInside(value, shape, depends)) parts.push('outside');
    else {
      const operands: string[] = [];
      for (const input of value.inputs) {
        if (sizeOf(input.shape) === 1) operands.push(`%${input.id}`);
        else if (visit(input)) operands.push(String(numbers.get(input)));
        else return false;
      }
      parts.push(`${value.operation.name}(${operands.join()})${JSON.stringify(value.attributes)}`);
    }
    numbers.set(value, nodes.length);
    nodes.push(value);
    return true;
  };
  if (!visit(output) || nodes.length < 2) return undefined;
  // Every state that is read must also be written here, or it cannot be moved into a flat one.
  const written = nodes.flatMap((node) => {
    const state = states.get(node);
    return state ? [numbers.get(state.output)] : [];
  });
  if (written.length === 0 || written.some((position) => position === undefined)) return undefined;
  return { nodes, signature: `${parts.join(';')} -> ${written.join()}` };
}

/** Rebuilds a graph with its groups flat. */
class Flattening {
  private readonly rewritten = new Map<Value, Value>();
  private readonly flat = new Map<Group, Map<number, Value>>();
  private readonly groupOf = new Map<Value, Group>();

  constructor(
    private readonly graph: Graph,
    private readonly builder: GraphBuilder,
    private readonly groups: readonly Group[],
  ) {
    for (const group of groups) {
      this.flat.set(group, new Map());
      for (const [value, { position }] of group.positions)
        if (group.kinds[position] !== 'outside') this.groupOf.set(value, group);
    }
  }

  run(): { graph: Graph } | { circular: Group } {
    for (const root of rootsOf(this.graph)) {
      const circular = this.compute(root);
      if (circular) return { circular };
    }
    const lookUp = (value: Value) => this.rewritten.get(value)!;
    const flatStates = this.groups.flatMap((group) => this.flatStates(group));
    // A state that an update only reads stands outside of it, and stays.
    const kept = this.graph.states.filter(({ input }) => !this.groupOf.has(input));
    return {
      graph: {
        inputs: this.graph.inputs,
        states: [...kept.map((state) => ({ ...state, output: lookUp(state.output) })), ...flatStates],
        outputs: this.graph.outputs.map(({ name, value }) => ({ name, value: lookUp(value) })),
      },
    };
  }

  /** Rewrites a value and what it needs, without recursion, for a step can be thousands of operations deep. */
  private compute(root: Value): Group | undefined {
    const pending: (Value | FlatNode)[] = [root];
    const started = new Set<string>();
    while (pending.length > 0) {
      const job = pending[pending.length - 1];
      if (this.isDone(job)) {
        pending.pop();
        continue;
      }
      const missing = this.needs(job).filter((need) => !this.isDone(need));
      if (missing.length === 0) {
        this.finish(job);
        pending.pop();
        continue;
      }
      const key = 'group' in job ? `${this.groups.indexOf(job.group)}:${job.position}` : `%${job.id}`;
      if (started.has(key)) return this.circularGroup(pending);
      started.add(key);
      pending.push(...missing);
    }
    return undefined;
  }

  private circularGroup(pending: readonly (Value | FlatNode)[]): Group {
    const node = pending.findLast((job) => 'group' in job);
    return (node as FlatNode).group;
  }

  private isDone(job: Value | FlatNode): boolean {
    return 'group' in job ? this.flat.get(job.group)!.has(job.position) : this.rewritten.has(job);
  }

  private needs(job: Value | FlatNode): (Value | FlatNode)[] {
    if (!('group' in job)) {
      const group = this.groupOf.get(job);
      return group ? [{ group, position: group.positions.get(job)!.position }] : [...job.inputs];
    }
    const { group, position } = job;
    if (group.kinds[position] === 'state') return [];
    if (group.kinds[position] === 'outside') return group.updates.map(({ nodes }) => nodes[position]);
    return group.updates[0].nodes[position].inputs.map((input) =>
      sizeOf(input.shape) === 1 ? input : { group, position: group.positions.get(input)!.position },
    );
  }

  private finish(job: Value | FlatNode): void {
    if ('group' in job) this.flat.get(job.group)!.set(job.position, this.flatValue(job));
    else this.rewritten.set(job, this.plainValue(job));
  }

  private flatValue({ group, position }: FlatNode): Value {
    const nodes = group.updates.map((update) => update.nodes[position]);
    const total = nodes.reduce((sum, node) => sum + sizeOf(node.shape), 0);
    if (group.kinds[position] === 'state') {
      return this.builder.state(`state/flat-${this.groups.indexOf(group)}-${position}`, [total], 'float32');
    }
    if (group.kinds[position] === 'outside') {
      const pieces = nodes.map((node) =>
        reshape(this.builder, this.rewritten.get(node)!, { shape: [sizeOf(node.shape)] }),
      );
      return concat(this.builder, ...pieces, { axis: 0 });
    }
    const [first] = nodes;
    const operands = first.inputs.map((input) => {
      if (sizeOf(input.shape) !== 1) return this.flat.get(group)!.get(group.positions.get(input)!.position)!;
      return reshape(this.builder, this.rewritten.get(input)!, { shape: [] });
    });
    return this.builder.apply(first.operation, operands, first.attributes);
  }

  private plainValue(value: Value): Value {
    const group = this.groupOf.get(value);
    if (group) return this.piece(group, value);
    return this.builder.reapply(
      value,
      value.inputs.map((input) => this.rewritten.get(input)!),
    );
  }

  /** The part of a flat tensor that stands for one weight. */
  private piece(group: Group, value: Value): Value {
    const { update, position } = group.positions.get(value)!;
    const before = group.updates
      .slice(0, update)
      .reduce((sum, { nodes }) => sum + sizeOf(nodes[position].shape), 0);
    const flat = this.flat.get(group)!.get(position)!;
    const piece = slice(this.builder, flat, { begin: [before], size: [sizeOf(value.shape)] });
    return reshape(this.builder, piece, { shape: value.shape });
  }

  private flatStates(group: Group): State[] {
    const states = new Map<Value, State>(this.graph.states.map((state) => [state.input, state]));
    return group.kinds.flatMap((_, position) => {
      const input = this.flat.get(group)!.get(position)!;
      if (!isOperation(input, stateOperation)) return [];
      const members = group.updates.map(({ nodes }) => states.get(nodes[position])!);
      const output = this.flat.get(group)!.get(group.positions.get(members[0].output)!.position)!;
      let offset = 0;
      const parts = members.map(({ parts: [{ variable }], input: { shape } }) => {
        const part = { variable, offset, size: sizeOf(shape) };
        offset += part.size;
        return part;
      });
      return [{ name: input.attributes.name, input, output, parts }];
    });
  }
}

/** The tensor of a group at a position. */
interface FlatNode {
  readonly group: Group;
  readonly position: number;
}
