/** A convolution's numbers with its batch norm folded in: y = relu(convolution(x, filter) + bias). */
export interface ConvolutionWeights {
  /** `[height, width, inputs, outputs]`, row-major. */
  readonly filter: Float32Array;
  /** One per output. */
  readonly bias: Float32Array;
}

/** The weights of Inception-v3, as far as a source has them. */
export interface InceptionWeights {
  /** Where they come from, as it belongs into a result's protocol: the kind of source and its file's name. */
  readonly source: string;
  /**
   * How it was made sure that they are the published ones: by the checksum of the file, by the size of some filters
   * up to layer 768 (for files whose bytes differ from copy to copy), or not at all.
   */
  readonly verifiedBy: 'sha256' | 'values' | 'nothing';
  /** By their names in TensorFlow's graph, for instance `mixed_9/tower/mixed/conv_1`. */
  readonly convolutions: ReadonlyMap<string, ConvolutionWeights>;
  /** The last layer: logits = features * matrix + bias; the matrix is `[2048, 1008]`, row-major. */
  readonly classifier?: { readonly matrix: Float32Array; readonly bias: Float32Array };
}
