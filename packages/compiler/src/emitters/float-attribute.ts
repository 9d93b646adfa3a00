/** A number that an attribute has as a float: ONNX and TensorFlow tell 1 from 1.0, and a plain number is an integer. */
export interface FloatAttribute {
  readonly float: number;
}

export const float = (value: number): FloatAttribute => ({ float: value });
