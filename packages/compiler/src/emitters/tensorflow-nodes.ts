import type { Data, DType, Shape } from '../graph/types.js';
import type { FloatAttribute } from './float-attribute.js';

/** Element types that the compiler uses, with their numbers in TensorFlow's `DataType`. */
export const tensorFlowTypes = { float32: 1, int32: 3, bool: 10, resource: 20 } as const;
export type TensorFlowType = keyof typeof tensorFlowTypes;

/** The value of an attribute. A type is marked, and so is a number that is a float. */
export type NodeAttribute =
  | number
  | boolean
  | string
  | readonly number[]
  | FloatAttribute
  | { readonly type: TensorFlowType }
  | { readonly shape: Shape }
  | { readonly tensor: StoredTensor };

export const type = (dtype: TensorFlowType) => ({ type: dtype });

/** What a node says whose operands are float32. */
export const ofFloat32 = { T: type('float32') };

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
