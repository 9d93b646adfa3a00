/**
 * An ONNX model of one node: `product` = Gemm(a, b) with b transposed, float64 [rows, depth] and [columns, depth].
 * Written out as protocol buffers; the field numbers are those of onnx.proto.
 */
export function productModel(): Uint8Array {
  const transposeB = [...text(1, 'transB'), ...number(3, 1), ...number(20, attributeInt)];
  const node = [...text(1, 'a'), ...text(1, 'b'), ...text(2, 'product'), ...text(4, 'Gemm')];
  const graph = [
    ...message(1, [...node, ...message(5, transposeB)]),
    ...text(2, 'product'),
    ...message(11, matrix('a', ['rows', 'depth'])),
    ...message(11, matrix('b', ['columns', 'depth'])),
    ...message(12, matrix('product', ['rows', 'columns'])),
  ];
  const operators = [...text(1, ''), ...number(2, 13)];
  return Uint8Array.from([...number(1, 8), ...message(7, graph), ...message(8, operators)]);
}

const attributeInt = 2;
const elementDouble = 11;

/** ValueInfoProto: a float64 tensor with named extents. */
function matrix(name: string, extents: readonly string[]): number[] {
  const shape = extents.flatMap((extent) => message(1, text(2, extent)));
  return [...text(1, name), ...message(2, message(1, [...number(1, elementDouble), ...message(2, shape)]))];
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
