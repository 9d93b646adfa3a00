import type { Data, Graph } from '../../graph/types.js';
import { lowerToTensorFlow } from './lower.js';
import { servingSignature } from './saved-model.js';
import { writeSavedModel } from './saved-model-folder.js';

/** Writes a graph as a SavedModel whose variables begin with the given contents, by the names of the graph's states. */
export function saveGraph(folder: string, graph: Graph, states: ReadonlyMap<string, Data>): void {
  const { nodes, step, initializer } = lowerToTensorFlow(graph, { states });
  writeSavedModel(folder, { nodes, initializer, signatures: [{ ...step, name: servingSignature }] });
}
