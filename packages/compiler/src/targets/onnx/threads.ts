import { sizeOf } from '../../graph/shape.js';
import { valuesOf } from '../../graph/traverse.js';
import type { Graph, Value } from '../../graph/types.js';

/** Sharing out smaller products among threads costs more time than it saves. */
const multiplicationsWorthSharing = 1 << 22;
/** The same for operations that only pass over a tensor. */
const elementsWorthSharing = 1 << 18;

/** One where every operation of the graph is small; undefined, the engine's own choice of all cores, where not. */
export function defaultThreads(graph: Graph): number | undefined {
  const large = (value: Value) =>
    multiplications(value) >= multiplicationsWorthSharing || sizeOf(value.shape) >= elementsWorthSharing;
  return valuesOf(graph).some((value) => value.inputs.length > 0 && large(value)) ? undefined : 1;
}

function multiplications({ op, inputs: [a, b], attributes, shape }: Value): number {
  switch (op) {
    case 'BatchMatMul':
    case 'MatMulBias':
      return sizeOf(shape) * a.shape.at(attributes.transposeA ? -2 : -1)!;
    case 'ChannelsFirstConvolution':
      return (sizeOf(shape) * sizeOf(b.shape)) / b.shape[0];
    case 'ChannelsFirstTransposedConvolution':
      return (sizeOf(a.shape) * sizeOf(b.shape)) / b.shape[0];
    default:
      return 0;
  }
}
