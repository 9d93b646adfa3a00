/** How far a solution has come. */
export interface TransportProgress {
  /** Steps finished. */
  readonly step: number;
  readonly samples: number;
  /** Euclidean norm of (volume of each cell - mass of its point), both as shares of 1, on the samples. */
  readonly gradientNorm: number;
  /** The largest |volume - mass| / mass. */
  readonly largestError: number;
  /** Cells without a sample. */
  readonly emptyCells: number;
  /** Wall-clock seconds since the call. */
  readonly seconds: number;
}
