/** The types of elements that the engine is fed with. */
export type ElementType = 'float32' | 'float64';

/**
 * An ONNX model: `product` = Gemm(a, b) in the arithmetic of `result` with b transposed, for [rows, depth] and
 * [columns, depth]. Input of another type is cast first, in the engine, on all of its threads. Written out as protocol
 * buffers; the field numbers are those of onnx.proto.
 */
export function productModel(a: ElementType, b: ElementType, result: ElementType): Uint8Array {
  const transposeB = [...text(1, 'transB'), ...number(3, 1), ...number(20, attributeInt)];
  const ofA = cast('a', a, result);
  const ofB = cast('b', b, result);
  const product = [...text(1, ofA.name), ...text(1, ofB.name), ...text(2, 'product'), ...text(4, 'Gemm')];
  const graph = [
    ...ofA.nodes,
    ...ofB.nodes,
    ...message(1, [...product, ...message(5, transposeB)]),
    ...text(2, 'product'),
    ...message(11, matrix('a', a, ['rows', 'depth'])),
    ...message(11, matrix('b', b, ['columns', 'depth'])),
    ...message(12, matrix('product', result, ['rows', 'columns'])),
  ];
  const operators = [...text(1, ''), ...number(2, 13)];
  return Uint8Array.from([...number(1, 8), ...message(7, graph), ...message(8, operators)]);
}

const attributeInt = 2;
const elementTypes: Readonly<Record<ElementType, number>> = { float32: 1, float64: 11 };

/** What an input is called when it has the wanted type, and the nodes that give it that. */
function cast(input: string, type: ElementType, wanted: ElementType): { name: string; nodes: number[] } {
  if (type === wanted) return { name: input, nodes: [] };
  const name = `${input}-cast`;
  const to = [...text(1, 'to'), ...number(3, elementTypes[wanted]), ...number(20, attributeInt)];
  const node = [...text(1, input), ...text(2, name), ...text(4, 'Cast'), ...message(5, to)];
  return { name, nodes: message(1, node) };
}

/** ValueInfoProto: a tensor with named extents. */
function matrix(name: string, type: ElementType, extents: readonly string[]): number[] {
  const shape = extents.flatMap((extent) => message(1, text(2, extent)));
  const tensor = [...number(1, elementTypes[type]), ...message(2, shape)];
  return [...text(1, name), ...message(2, message(1, tensor))];
}

function number(field: number, value: number): number[] {
  return [...variableLength(field << 3), ...variableLength(value)];
}

function text(field: number, value: string): number[] {
  return message(field, [...new TextEncoder().encode(value)]);
}

function message(field: number, content: readonly number[]): number[] {
  return [...variableLength((field << 3) | 2), ...variableLength(content.length), ...content];
}

function variableLength(value: number): number[] {
  const bytes: number[] = [];
  for (; value > 127; value >>>= 7) bytes.push((value & 127) | 128);
  return [...bytes, value];
}
