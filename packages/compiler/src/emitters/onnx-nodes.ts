import type { Shape } from '../graph/types.js';
import type { FloatAttribute } from './float-attribute.js';

/** Element types of ONNX that the compiler uses, with their numbers in `TensorProto.DataType`. */
export const onnxTypes = { float32: 1, int32: 6, int64: 7, bool: 9, float64: 11 } as const;
export type OnnxType = keyof typeof onnxTypes;

export type OnnxAttribute = number | FloatAttribute | string | readonly number[];

export interface OnnxNode {
  readonly opType: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, OnnxAttribute>>;
}

/** A tensor stored in the file. */
export interface OnnxInitializer {
  readonly name: string;
  readonly type: OnnxType;
  readonly shape: Shape;
  readonly bytes: Uint8Array;
}
