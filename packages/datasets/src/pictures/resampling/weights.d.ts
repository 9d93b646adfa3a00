/** Pillow's filters: triangle, Keys' cubic with a = -1/2, box, and Lanczos of three lobes. */
export type ResamplingFilter = 'bilinear' | 'bicubic' | 'box' | 'lanczos';

/** Of one axis: for every place of the result the pixels that count, and their weights. */
export interface ResamplingWeights<Weights extends Float64Array | Int32Array = Float64Array> {
  /** `[places]` */
  readonly first: Int32Array;
  /** `[places]`: so many pixels, beginning with the first. */
  readonly count: Int32Array;
  /** `[places, stride]`; those of a place add up to 1, behind its count there are zeros. */
  readonly weights: Weights;
  /** Most pixels that a place can have. */
  readonly stride: number;
}

/**
 * How Pillow's `Image.resize` weighs the pixels of an axis, before it rounds anything: a filter grows with the factor of reduction,
 * so that nothing aliases.
 *
 * @param pixels how many the axis has
 * @param places how many the result is to have
 * @param part from where to where the axis is taken, in pixels. Default: all of it
 */
export function resamplingWeights(
  filter: ResamplingFilter,
  pixels: number,
  places: number,
  part?: readonly [start: number, end: number],
): ResamplingWeights;

/** Bits behind the point of {@link inFixedPoint}: a byte and a sign stay free before it. */
export const precisionBits: number;

/** Weights as multiples of 2^-22, with which Pillow resizes pictures of bytes. */
export function inFixedPoint(weights: ResamplingWeights): ResamplingWeights<Int32Array>;
