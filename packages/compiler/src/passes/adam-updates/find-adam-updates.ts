import { repeatedElement } from '../../graph/constants.js';
import { isOperation } from '../../graph/operation.js';
import { sameShape, sizeOf } from '../../graph/shape.js';
import { usersOf } from '../../graph/traverse.js';
import type { Graph, NoAttributes, Operation, State, Value } from '../../graph/types.js';
import { add, divide, multiply, subtract } from '../../operations/elementwise/arithmetic.js';
import { sqrt, square } from '../../operations/elementwise/unary.js';

/**
 * One update of a weight and its two moments by Adam, which engines have as one operation that works in place:
 *
 *     m <- m + (g - m) firstRate
 *     v <- v + (g^2 - v) secondRate
 *     w <- w - rate m / (sqrt(v) / correction + epsilon)
 */
export interface AdamUpdate extends Match {
  readonly states: Readonly<Record<Role, State>>;
}

/** The update as the graph has it. */
interface Match {
  readonly before: Readonly<Record<Role, Value>>;
  readonly after: Readonly<Record<Role, Value>>;
  /** What is computed on the way from one to the other. */
  readonly parts: readonly Value[];
  readonly gradient: Value;
  readonly firstRate: number;
  readonly secondRate: number;
  /** Tensors of one element. */
  readonly rate: Value;
  readonly epsilon: Value;
  readonly correction: Value | undefined;
}

type Role = 'weight' | 'first' | 'second';
const adamRoles: readonly Role[] = ['weight', 'first', 'second'];

/**
 * The updates by Adam in the order in which they happen; a weight that a step updates twice has two.
 *
 * Only states that nothing but these updates changes, and moments that nothing else reads.
 */
export function findAdamUpdates(graph: Graph): AdamUpdate[] {
  let matches = graph.states.flatMap(matchChain);
  for (;;) {
    const updates = assignStates(graph, matches);
    const broken = new Set(updates.filter((update) => !update.sound).flatMap(({ touched }) => touched));
    if (broken.size === 0) return updates.map(({ update }) => update!);
    // What shares a state with a broken update is written out like it.
    matches = updates
      .filter(({ touched }) => !touched.some((state) => broken.has(state)))
      .map(({ match }) => match);
  }
}

/** Every update of a weight from its content at the start of a step to that at the end, or nothing. */
function matchChain({ input, output }: State): Match[] {
  const chain: Match[] = [];
  let value = output;
  while (value !== input) {
    const match = matchUpdate(value);
    if (!match) return [];
    chain.push(match);
    value = match.before.weight;
  }
  return chain;
}

interface Candidate {
  readonly match: Match;
  /** With its states, where all three are known. */
  readonly update: AdamUpdate | undefined;
  readonly touched: readonly State[];
  readonly sound: boolean;
}

function assignStates(graph: Graph, matches: readonly Match[]): Candidate[] {
  const inOrder = [...matches].sort((a, b) => a.after.weight.id - b.after.weight.id);
  const owners = new Map<Value, State>(graph.states.map((state) => [state.input, state]));
  const latest = new Map<State, Value>();
  const assigned = inOrder.map((match) => {
    const states = adamRoles.map((role) => owners.get(match.before[role]));
    adamRoles.forEach((role, at) => {
      const state = states[at];
      if (!state) return;
      // Two updates of the same content would not be one after the other.
      owners.delete(match.before[role]);
      owners.set(match.after[role], state);
      latest.set(state, match.after[role]);
    });
    return { match, states };
  });
  const users = usersOf(graph);
  const outputs = new Set(graph.outputs.map(({ value }) => value));
  const inside = new Set(inOrder.flatMap(({ parts }) => parts));
  const isPrivate = (value: Value) =>
    !outputs.has(value) &&
    graph.states.every((state) => state.output !== value || latest.get(state) === value) &&
    users.get(value)!.every((user) => user === undefined || inside.has(user));
  return assigned.map(({ match, states: [weight, first, second] }) => {
    const touched = [weight, first, second].filter((state) => state !== undefined);
    const complete = touched.length === 3 && touched.every((state) => latest.get(state) === state.output);
    const hidden = [match.before.first, match.before.second, ...match.parts].filter(
      (value) => value !== match.after.weight,
    );
    return {
      match,
      update: complete ? { ...match, states: { weight, first, second } as AdamUpdate['states'] } : undefined,
      touched,
      sound: complete && hidden.every(isPrivate),
    };
  });
}

const isScalar = (value: Value) => sizeOf(value.shape) === 1;

/** The operands of a product or sum of the wanted kinds, in whichever order they stand. */
function operands(
  value: Value,
  operation: Operation<NoAttributes>,
  isSecond: (candidate: Value) => boolean,
): [Value, Value] | undefined {
  if (!isOperation(value, operation)) return undefined;
  const [a, b] = value.inputs;
  if (isSecond(b)) return [a, b];
  return isSecond(a) ? [b, a] : undefined;
}

function matchUpdate(after: Value): Match | undefined {
  if (!isOperation(after, subtract) || after.dtype !== 'float32') return undefined;
  const [weight, quotient] = after.inputs;
  if (!isOperation(quotient, divide) || !sameShape(weight.shape, quotient.shape)) return undefined;
  const [numerator, denominator] = quotient.inputs;
  const [first, rate] = operands(numerator, multiply, isScalar) ?? [];
  const [root, epsilon] = operands(denominator, add, isScalar) ?? [];
  if (!first || !rate || !root || !epsilon) return undefined;
  const corrected = isOperation(root, divide) && isScalar(root.inputs[1]);
  const [bareRoot, correction] = corrected ? root.inputs : [root];
  if (!isOperation(bareRoot, sqrt)) return undefined;
  const [second] = bareRoot.inputs;
  const firstAverage = matchAverage(first, () => true);
  if (!firstAverage) return undefined;
  const gradient = firstAverage.of;
  const secondAverage = matchAverage(second, (value) => isSquareOf(value, gradient));
  if (
    !secondAverage ||
    ![weight, first, second, gradient].every(({ shape }) => sameShape(shape, after.shape))
  )
    return undefined;
  return {
    before: { weight, first: firstAverage.before, second: secondAverage.before },
    after: { weight: after, first, second },
    parts: [
      ...[after, quotient, numerator, denominator, root, bareRoot],
      ...firstAverage.parts,
      ...secondAverage.parts,
    ],
    gradient,
    firstRate: firstAverage.rate,
    secondRate: secondAverage.rate,
    rate,
    epsilon,
    correction,
  };
}

function isSquareOf(value: Value, of: Value): boolean {
  return (
    (isOperation(value, square) && value.inputs[0] === of) ||
    (isOperation(value, multiply) && value.inputs.every((input) => input === of))
  );
}

interface Average {
  readonly before: Value;
  readonly of: Value;
  readonly rate: number;
  readonly parts: readonly Value[];
}

/** A moving average: a + (x - a) rate, or a (1 - rate) + x rate, where a factor of 1 may be left out. */
function matchAverage(value: Value, isNew: (value: Value) => boolean): Average | undefined {
  if (!isOperation(value, add)) return undefined;
  for (const [old, change] of [value.inputs, [...value.inputs].reverse()]) {
    const step = scaled(change);
    if (isOperation(step.of, subtract) && step.of.inputs[1] === old && isNew(step.of.inputs[0]))
      return { before: old, of: step.of.inputs[0], rate: step.by, parts: [value, change, step.of] };
    const kept = scaled(old);
    if (kept.of !== old && isNew(step.of) && Math.abs(kept.by + step.by - 1) < 1e-6) {
      const parts = [value, old, ...(change === step.of ? [] : [change])];
      return { before: kept.of, of: step.of, rate: step.by, parts };
    }
  }
  return undefined;
}

/** A tensor times a constant; the constant is 1 where there is none. */
function scaled(value: Value): { of: Value; by: number } {
  const [of, factor] =
    operands(value, multiply, (candidate) => repeatedElement(candidate) !== undefined) ?? [];
  return of && factor ? { of, by: repeatedElement(factor)! } : { of: value, by: 1 };
}
