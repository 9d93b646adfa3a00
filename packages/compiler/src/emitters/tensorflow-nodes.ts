import type { Data, DType, Shape } from '../graph/types.js';

/** Element types that the compiler uses, with their numbers in TensorFlow's `DataType`. */
export const tensorFlowTypes = { float32: 1, int32: 3, bool: 10, resource: 20 } as const;
export type TensorFlowType = keyof typeof tensorFlowTypes;

/** The value of an attribute. TensorFlow tells 1 from 1.0 and both from a type, so those are marked. */
export type NodeAttribute =
  | number
  | boolean
  | string
  | readonly number[]
  | { readonly float: number }
  | { readonly type: TensorFlowType }
  | { readonly shape: Shape }
  | { readonly tensor: StoredTensor };

export const float = (value: number) => ({ float: value });
export const type = (dtype: TensorFlowType) => ({ type: dtype });

/** A tensor in the file. Data of length 1 fills the whole shape. */
export interface StoredTensor {
  readonly data: Data;
  readonly shape: Shape;
  readonly dtype: DType;
}

/** One node of a GraphDef. An input is `node`, `node:1` for a second result, `^node` for "runs before this". */
export interface NodeDef {
  readonly name: string;
  readonly op: string;
  readonly inputs: readonly string[];
  readonly attributes: Readonly<Record<string, NodeAttribute>>;
}
