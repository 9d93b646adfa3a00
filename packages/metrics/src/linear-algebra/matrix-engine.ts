/**
 * A matrix product a bᵀ that a computation asks for: row-major float64 a [rows, depth] and b [columns, depth].
 * `a === b` says that the result is symmetric.
 */
export interface ProductRequest {
  readonly a: Float64Array;
  readonly b: Float64Array;
  readonly depth: number;
}

/** What computes the matrix products of metrics. */
export interface MatrixEngine {
  readonly id: string;
  /** a bᵀ, row-major [rows, columns], in float64. The result is the caller's to change. */
  product(request: ProductRequest): Promise<Float64Array>;
}
