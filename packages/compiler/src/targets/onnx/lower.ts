import { OnnxEmitter, type EmitterStyle } from '../../emitters/onnx-emitter.js';
import { elementsOf } from '../../graph/constants.js';
import { isOperation } from '../../graph/operation.js';
import { constant, result } from '../../graph/sources.js';
import { valuesOf } from '../../graph/traverse.js';
import type { Graph, Value } from '../../graph/types.js';
import { definitionOf } from '../../operations/definition.js';
import type { OnnxModel, OnnxPort } from './model.js';

export const stateOutputName = (stateName: string) => `${stateName}'`;

/** Writes the graph as ONNX nodes, operands first. */
export function lowerToOnnx(graph: Graph, style?: EmitterStyle): OnnxModel {
  const emitter = new OnnxEmitter(style);
  const names = new Map<Value, string>();
  const results = new Map<Value, readonly string[]>();
  for (const { name, value } of graph.inputs) names.set(value, name);
  for (const { name, input } of graph.states) names.set(input, name);

  for (const value of valuesOf(graph)) {
    if (names.has(value)) continue;
    if (isOperation(value, constant)) {
      names.set(value, emitter.constant(elementsOf(value), value.shape, value.dtype));
      continue;
    }
    if (isOperation(value, result)) {
      names.set(value, results.get(value.inputs[0])![value.attributes.index]);
      continue;
    }
    const lowering = definitionOf(value)?.onnx;
    if (!lowering || !('emit' in lowering))
      throw new Error(`${value.operation.name} was not expanded for ONNX`);
    const operands = value.inputs.map((input) => names.get(input)!);
    const written = [lowering.emit(emitter, value, operands)].flat();
    names.set(value, written[0]);
    results.set(value, written);
  }

  const port = (name: string, { dtype, shape }: Value): OnnxPort => ({ name, type: dtype, shape });
  const outputs: OnnxPort[] = [];
  const output = (name: string, value: Value) => {
    emitter.nameOutput(names.get(value)!, name);
    outputs.push(port(name, value));
  };
  for (const state of graph.states)
    if (state.output !== state.input) output(stateOutputName(state.name), state.output);
  for (const { name, value } of graph.outputs) output(name, value);

  return {
    nodes: emitter.finish(),
    initializers: emitter.initializers,
    inputs: [
      ...graph.inputs.map(({ name, value }) => port(name, value)),
      ...graph.states.map(({ name, input }) => port(name, input)),
    ],
    outputs,
  };
}
