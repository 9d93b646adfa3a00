/** Row-major numbers of a matrix; float32 ones are taken for the float64 numbers that they are. */
export type MatrixNumbers = Float32Array | Float64Array;

/**
 * A matrix product a bᵀ that a computation asks for: row-major a [rows, depth] and b [columns, depth].
 * `a === b` says that the result is symmetric.
 */
export interface ProductRequest {
  readonly a: MatrixNumbers;
  readonly b: MatrixNumbers;
  readonly depth: number;
  /**
   * Room for the result or more, which an engine may write it into. What it holds is lost. For many products one after
   * another: memory that is new each time takes longer than a product of little depth.
   */
  readonly into?: Float64Array;
}

/** A matrix product of which bounds are enough: see `ProductRequest`. */
export interface RoughProductRequest {
  readonly a: Float32Array;
  readonly b: Float32Array;
  readonly depth: number;
  readonly into?: Float32Array;
}

/** What computes the matrix products of metrics. */
export interface MatrixEngine {
  readonly id: string;
  /**
   * a bᵀ, row-major [rows, columns], in float64: in memory of its own, or at the start of `into`. The result is the
   * caller's to change.
   */
  product(request: ProductRequest): Promise<Float64Array>;
  /**
   * a bᵀ in float32, for bounds: off by at most depth 2^-24 times the lengths of the two rows. An engine to which it is not
   * faster does without.
   */
  roughProduct?(request: RoughProductRequest): Promise<Float32Array>;
}
