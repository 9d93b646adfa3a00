import { FeedError } from '@dist-gan/core';
import { sizeOf } from '../graph/shape.js';
import type { Data, Graph } from '../graph/types.js';

const arrayTypes = { float32: Float32Array, int32: Int32Array, bool: Uint8Array } as const;

/** @throws FeedError an input is missing, unknown, or has another type or size than the graph's */
export function checkFeeds(graph: Graph, inputs: Readonly<Record<string, Data>>, checkFinite: boolean): void {
  for (const { name, value } of graph.inputs) {
    const data = inputs[name];
    if (data === undefined) {
      throw new FeedError(
        `run: the input "${name}" is missing; this function takes ${inputNames(graph)}.`,
        name,
      );
    }
    const wanted = arrayTypes[value.dtype];
    if (!(data instanceof wanted)) {
      throw new FeedError(
        `run: the input "${name}" is ${value.dtype} and must be a ${wanted.name}, got ${typeName(data)}.`,
        name,
      );
    }
    if (data.length !== sizeOf(value.shape)) {
      throw new FeedError(
        `run: the input "${name}" has shape [${value.shape.join(', ')}], which is ${sizeOf(value.shape)} numbers, got ${data.length}; ` +
          `a function compiled for one batch size takes no other.`,
        name,
      );
    }
    const bad =
      checkFinite && value.dtype === 'float32'
        ? (data as Float32Array).findIndex((x) => !Number.isFinite(x))
        : -1;
    if (bad >= 0)
      throw new FeedError(
        `run: the input "${name}" holds ${data[bad]} at position ${bad}; all must be finite.`,
        name,
      );
  }
  for (const name of Object.keys(inputs)) {
    if (!graph.inputs.some((input) => input.name === name)) {
      throw new FeedError(
        `run: there is no input "${name}"; this function takes ${inputNames(graph)}.`,
        name,
      );
    }
  }
}

const inputNames = (graph: Graph) => graph.inputs.map(({ name }) => `"${name}"`).join(', ') || 'no inputs';
const typeName = (data: unknown) => (data as object | null)?.constructor?.name ?? String(data);
