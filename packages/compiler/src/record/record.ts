import * as tf from '@tensorflow/tfjs-core';
import { CompileError } from '@dist-gan/core';
import type { GraphBuilder } from '../graph/builder.js';
import type { DType, NamedValue, State, Value } from '../graph/types.js';
import { backendName, RecorderBackend, registerRecorderKernels } from './recorder-backend.js';

/** Shape and element type of an input; float32 where no type is given. */
export interface InputSpec {
  readonly shape: readonly number[];
  readonly dtype?: DType;
}

export type TensorFunction = (inputs: Record<string, tf.Tensor>) => Record<string, tf.Tensor>;

/** A variable that the function uses: its value at the start and at the end. */
export interface RecordedVariable {
  readonly variable: tf.Variable;
  readonly before: State['input'];
  readonly after: Value;
}

export interface Recording {
  readonly builder: GraphBuilder;
  readonly inputs: readonly NamedValue[];
  readonly variables: readonly RecordedVariable[];
  readonly outputs: readonly NamedValue[];
}

/** Puts a placeholder in every variable, so that each has its own data id and its content is safe from assign. */
function withPlaceholders<T>(
  recorder: RecorderBackend,
  body: () => T,
): { result: T; variables: RecordedVariable[] } {
  const engine = tf.engine();
  const held = Object.values(engine.registeredVariables).flatMap((variable) => {
    const { dtype } = variable;
    if (dtype !== 'float32' && dtype !== 'int32' && dtype !== 'bool') return [];
    const before = recorder.graph.state(variable.name, variable.shape, dtype);
    const placeholder = recorder.placeholder(before);
    recorder.incRef(placeholder.dataId);
    const original = variable.dataId;
    variable.dataId = placeholder.dataId;
    return [{ variable, before, placeholder, original }];
  });
  const variables: RecordedVariable[] = [];
  try {
    return { result: body(), variables };
  } finally {
    for (const { variable, before, placeholder, original } of held) {
      if (!variable.isDisposed) variables.push({ variable, before, after: recorder.graphValue(variable) });
      const { dataId } = variable;
      variable.dataId = original;
      if (recorder.disposeData(dataId) && dataId !== placeholder.dataId)
        engine.removeDataId(dataId, recorder);
      placeholder.dispose();
    }
  }
}

/** Runs the function on the recorder, with nothing left behind in TensorFlow.js. */
function withRecorder<T>(body: (recorder: RecorderBackend) => T): T {
  registerRecorderKernels();
  const recorder = new RecorderBackend();
  const previous = tf.getBackend();
  tf.registerBackend(backendName, () => recorder, -1);
  // setBackend is async by signature; with a factory that is not, it is done when it returns.
  void tf.setBackend(backendName);
  try {
    return tf.tidy(() => {
      const result = body(recorder);
      if (recorder.failure) throw recorder.failure;
      return result as never;
    });
  } catch (error) {
    throw recorder.failure ?? explain(error);
  } finally {
    if (previous) void tf.setBackend(previous);
    tf.removeBackend(backendName);
  }
}

/** TensorFlow.js says only that a kernel is not registered; say what that means here. */
function explain(error: unknown): unknown {
  const kernel =
    error instanceof Error && /Kernel '(\w+)' not registered for backend/.exec(error.message)?.[1];
  if (!kernel) return error;
  const random = kernel === 'Multinomial';
  return new CompileError(
    random
      ? `compile: the step draws random numbers with ${kernel}; draw them outside and pass them as an input, so that every call gets fresh ones.`
      : `compile: the TensorFlow.js kernel ${kernel} has no entry in the kernel table; write the step with other operations, ` +
          `or add the kernel, for which docs/contributing/add-a-kernel.md of Dist-GAN is the way.`,
    kernel,
    { cause: error },
  );
}

function recordOnce(fn: TensorFunction, specs: Readonly<Record<string, InputSpec>>): Recording {
  return withRecorder((recorder) => {
    const inputs = Object.entries(specs).map(([name, { shape, dtype }]) => ({
      name,
      value: recorder.graph.input(name, shape, dtype ?? 'float32'),
    }));
    const known = new Set(Object.values(tf.engine().registeredVariables));
    const { result: outputs, variables } = withPlaceholders(recorder, () => {
      const tensors = Object.fromEntries(
        inputs.map(({ name, value }) => [name, recorder.placeholder(value)]),
      );
      try {
        return namedOutputs(recorder, fn(tensors), specs);
      } finally {
        rejectNewVariables(recorder, known);
      }
    });
    return { builder: recorder.graph, inputs, variables, outputs };
  });
}

function rejectNewVariables(recorder: RecorderBackend, known: ReadonlySet<tf.Variable>): void {
  const created = Object.values(tf.engine().registeredVariables).filter((variable) => !known.has(variable));
  if (created.length === 0) return;
  const names = created.map((variable) => variable.name);
  for (const variable of created) variable.dispose();
  recorder.fail(
    new CompileError(
      `compile: the step creates the variables ${names.slice(0, 4).join(', ')}${names.length > 4 ? ', ...' : ''}, so it would create ` +
        `them again at every call. Create variables and build models before compile(); an optimizer of TensorFlow.js ` +
        `creates its slots at its first update, so call the function once with real tensors first.`,
      'tf.variable',
    ),
  );
}

function namedOutputs(
  recorder: RecorderBackend,
  outputs: unknown,
  inputs: Readonly<Record<string, InputSpec>>,
): NamedValue[] {
  if (outputs instanceof Promise) {
    outputs.catch(() => undefined);
    throw recorder.fail(
      new CompileError(
        'compile: the function returns a promise; a step is recorded in one go, so it cannot be async.',
        'async',
      ),
    );
  }
  if (outputs === null || typeof outputs !== 'object' || outputs instanceof tf.Tensor) {
    throw recorder.fail(
      new CompileError(
        'compile: the function must return an object of named tensors, for instance { loss }.',
        'return',
      ),
    );
  }
  return Object.entries(outputs).map(([name, tensor]) => {
    if (!(tensor instanceof tf.Tensor)) {
      throw recorder.fail(new CompileError(`compile: the output "${name}" is not a tensor.`, 'return'));
    }
    if (Object.hasOwn(inputs, name)) {
      throw recorder.fail(
        new CompileError(
          `compile: an input and an output are both called "${name}", which a model cannot tell apart; give one of them another name.`,
          'return',
        ),
      );
    }
    return { name, value: recorder.graphValue(tensor) };
  });
}

/**
 * Records what the function does with tensors, without doing it.
 *
 * It is recorded twice: what differs between the two would be frozen at its first value, and is an
 * error. `tf.randomNormal` and its kin make their numbers in JavaScript, so this is how they are found.
 */
export function record(fn: TensorFunction, specs: Readonly<Record<string, InputSpec>>): Recording {
  const first = recordOnce(fn, specs);
  const second = recordOnce(fn, specs);
  assertSameRecording(first, second);
  return first;
}

function assertSameRecording(first: Recording, second: Recording): void {
  const [a, b] = [first.builder.values, second.builder.values];
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const difference = at < a.length && at < b.length ? differenceOf(a[at], b[at]) : 'structure';
    if (difference === undefined) continue;
    const value = a[at] ?? b[at];
    if (difference === 'content') {
      const user = a.find((candidate) => candidate.inputs.includes(value))?.operation.name ?? 'an output';
      throw new CompileError(
        `compile: a constant made inside the step (shape [${value.shape.join(', ')}], first used by ${user}) has other ` +
          `values when the step is recorded again, so it is not a constant: random numbers (tf.randomNormal, dropout) or ` +
          `something that changes from call to call. Make it outside and pass it as an input.`,
        user,
      );
    }
    throw new CompileError(
      `compile: the step takes another path when it is recorded again, from ${value.operation.name} on: it depends on something ` +
        `that changes from call to call, such as a counter or a cache. Pass what changes as an input.`,
      value.operation.name,
    );
  }
}

function differenceOf(a: Value, b: Value): 'structure' | 'content' | undefined {
  const sameInputs =
    a.inputs.length === b.inputs.length && a.inputs.every((input, at) => input.id === b.inputs[at].id);
  const sameType = a.dtype === b.dtype && a.shape.join() === b.shape.join();
  if (a.operation !== b.operation || !sameInputs || !sameType) return 'structure';
  for (const [key, attribute] of Object.entries(a.attributes)) {
    const other = b.attributes[key];
    if (ArrayBuffer.isView(attribute) && ArrayBuffer.isView(other)) {
      const same =
        attribute.length === other.length && attribute.every((element, at) => Object.is(element, other[at]));
      if (!same) return 'content';
    } else if (String(attribute) !== String(other)) return 'structure';
  }
  return undefined;
}
