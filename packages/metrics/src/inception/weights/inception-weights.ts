/** A convolution's numbers with its batch norm folded in: y = relu(convolution(x, filter) + bias). */
export interface ConvolutionWeights {
  /** `[height, width, inputs, outputs]`, row-major. */
  readonly filter: Float32Array;
  /** One per output. */
  readonly bias: Float32Array;
}

/** The weights of Inception-v3, as far as a source has them. */
export interface InceptionWeights {
  /** Which published source they are, for the protocol of a result. */
  readonly source: string;
  /** How it was made sure that they are what `source` says. */
  readonly verifiedBy: 'sha256' | 'values' | 'nothing';
  /** By their names in TensorFlow's graph. */
  readonly convolutions: ReadonlyMap<string, ConvolutionWeights>;
  /** The last layer: logits = features * matrix + bias; the matrix is `[2048, 1008]`, row-major. */
  readonly classifier?: { readonly matrix: Float32Array; readonly bias: Float32Array };
}
