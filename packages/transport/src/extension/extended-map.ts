/// <reference lib="esnext.disposable" preserve="true" />
import {
  choice,
  OptionError,
  positive,
  positiveInteger,
  resolveOptions,
  ShapeError,
  type RandomStream,
} from '@dist-gan/core';
import * as v from 'valibot';
import { centred } from '../cells/centred-planes.js';
import { defaultEngine } from '../cells/default-engine.js';
import { locateSamples } from '../cells/locate-samples.js';
import type { MakePlaneEngine, PlaneEngine } from '../cells/plane-engine.js';
import { functionOf } from '../function-of.js';
import { checkSamples } from '../points/check-samples.js';
import type { BrenierPotential } from '../potential/brenier-potential.js';
import { dihedralAngle } from '../potential/dihedral-angle.js';
import { sobolPoints } from '../sobol/sobol-points.js';
import { meansOfCells } from './means-of-cells.js';

export interface MappedSamples {
  /** `[samples, dimension]`; of a singular sample, the point of its cell. */
  readonly points: Float32Array;
  /** 1 where no neighbour is within the threshold: the sample is beside the singular set, or alone. */
  readonly singular: Uint8Array;
  /** The cell of each sample. */
  readonly cells: Int32Array;
}

export interface DrawnPoints {
  /** `[count, dimension]`. */
  readonly points: Float32Array;
  /** Samples that were drawn for them; those on the singular set were drawn again. */
  readonly tried: number;
}

/** The transport map made continuous: between the points of a cell and of its neighbours, but not across the singular set. */
export interface ExtendedMap {
  readonly dimension: number;
  /**
   * @param samples `[rows, dimension]`, row-major, in [-0.5, 0.5]
   * @param coefficients for `pair`: two numbers of [0, 1) a sample, for the neighbour and for w
   */
  map(samples: Float32Array, coefficients?: Float32Array): Promise<MappedSamples>;
  /** Points of uniform samples that are not singular. */
  draw(count: number, stream: RandomStream): Promise<DrawnPoints>;
  dispose(): void;
  [Symbol.dispose](): void;
}

const schema = v.strictObject({
  /**
   * The largest dihedral angle, in radians, across which points are mixed; faces with a larger one are the singular
   * set. `pi` mixes across all. The authors' code: 0.2 and 0.4 for its Gaussians, 0.7 for CelebA.
   */
  threshold: v.pipe(positive, v.maxValue(Math.PI, 'must be at most pi')),
  /**
   * How a sample in cell `i` becomes a point. Default `barycentric`.
   *
   * - `barycentric`: `sum_k w_k y_k` over `i` and its neighbours, with `w_k` proportional to `1 / |x - c_k|`, where `c_k` is the
   *   mean of cell k: one reading of the piecewise linear extension that the paper describes
   * - `pair`: `w y_i + (1 - w) y_k` with one neighbour k drawn at random and w from U[0, 1), as in the authors' code for
   *   2-D data
   */
  interpolation: v.optional(choice(['barycentric', 'pair']), 'barycentric'),
  /** Planes below the highest that count as neighbours at a sample. Default: the dimension, but at most 20. */
  neighbours: v.optional(positiveInteger),
  /** Sobol samples from which the means of the cells are counted. Default: 16 times the points, at most 2^20. */
  meanSamples: v.optional(positiveInteger),
  /** What computes products of samples and points. */
  engine: v.optional(functionOf<MakePlaneEngine>()),
});

export type ExtensionOptions = v.InferInput<typeof schema>;

/** Samples of one draw. */
const rowsOfADraw = 4096;
/** Of so many samples in a row at least one must not be singular. */
const mostSingular = 100_000;

/**
 * Extends the transport map, which takes no other values than the points, to values between them.
 *
 * @throws OptionError an option is unknown or out of range
 * @see An et al., "AE-OT", ICLR 2020; the authors' code, k2cu8/pyOMT 9e0f560 demo1.py, demo2.py. The exact form of the
 *   paper's extension was not at hand; the weights of `barycentric` are this project's choice.
 */
export async function extendTransport(
  potential: BrenierPotential,
  given: ExtensionOptions,
): Promise<ExtendedMap> {
  const options = resolveOptions(schema, given, 'extendTransport');
  const { dimension, count } = potential;
  const neighbours = Math.min(options.neighbours ?? Math.min(dimension, 20), count - 1);
  const makeEngine = given.engine ?? defaultEngine;
  const means =
    options.interpolation === 'pair'
      ? undefined
      : await meansOfCellsFromSamples(
          potential,
          options.meanSamples ?? Math.min(16 * count, 2 ** 20),
          makeEngine,
        );
  const engine = await makeEngine(centred(potential), neighbours + 1);
  return new Extension(potential, engine, neighbours, options.threshold, means);
}

async function meansOfCellsFromSamples(
  potential: BrenierPotential,
  count: number,
  makeEngine: MakePlaneEngine,
) {
  const samples = sobolPoints(potential.dimension, count, { shift: -0.5 });
  return meansOfCells(potential, samples, await locateSamples(potential, samples, makeEngine));
}

class Extension implements ExtendedMap {
  readonly dimension: number;

  constructor(
    private readonly potential: BrenierPotential,
    private readonly engine: PlaneEngine,
    private readonly neighbours: number,
    private readonly threshold: number,
    /** Missing for pairs. */
    private readonly means: Float64Array | undefined,
  ) {
    this.dimension = potential.dimension;
  }

  async map(samples: Float32Array, coefficients?: Float32Array): Promise<MappedSamples> {
    const { dimension, neighbours, means } = this;
    const rows = checkSamples('map', samples, dimension);
    if (means === undefined && coefficients?.length !== 2 * rows) {
      throw new ShapeError(
        `map: pairs take two coefficients a sample, ${2 * rows} in all; got ${coefficients?.length ?? 'none'}`,
        'coefficients',
        [coefficients?.length ?? null],
        `[${2 * rows}]`,
      );
    }
    const found = await this.engine.find(samples, this.potential.heights);
    const points = new Float32Array(samples.length);
    const singular = new Uint8Array(rows);
    const cells = new Int32Array(rows);
    for (let row = 0; row < rows; row++) {
      const highest = found.subarray(row * (neighbours + 1), (row + 1) * (neighbours + 1));
      const cell = highest[0];
      const near = Array.from(highest.subarray(1)).filter(
        (other) => dihedralAngle(this.potential, cell, other) <= this.threshold,
      );
      cells[row] = cell;
      singular[row] = near.length === 0 ? 1 : 0;
      const point = points.subarray(row * dimension, (row + 1) * dimension);
      if (near.length === 0) this.add(point, cell, 1);
      else if (means === undefined)
        this.mixPair(point, cell, near, coefficients!.subarray(2 * row, 2 * row + 2));
      else
        this.mixAll(point, [cell, ...near], samples.subarray(row * dimension, (row + 1) * dimension), means);
    }
    return { points, singular, cells };
  }

  async draw(count: number, stream: RandomStream): Promise<DrawnPoints> {
    const { dimension } = this;
    if (!Number.isSafeInteger(count) || count < 1) {
      throw new OptionError(`draw: count must be a whole number of at least 1, got ${count}`, 'count', count);
    }
    const points = new Float32Array(count * dimension);
    let [drawn, tried, inARow] = [0, 0, 0];
    while (drawn < count) {
      const samples = stream.uniform(rowsOfADraw * dimension, { low: -0.5, high: 0.5 });
      const mapped = await this.map(samples, stream.uniform(2 * rowsOfADraw));
      for (let row = 0; row < rowsOfADraw && drawn < count; row++) {
        tried++;
        if (mapped.singular[row]) {
          inARow++;
          continue;
        }
        inARow = 0;
        points.set(mapped.points.subarray(row * dimension, (row + 1) * dimension), drawn++ * dimension);
      }
      if (inARow >= mostSingular) {
        throw new OptionError(
          `draw: ${inARow} samples in a row are on the singular set; a threshold of ${this.threshold} is smaller than the ` +
            'angles between neighbouring planes: raise it, or take more neighbours',
          'threshold',
          this.threshold,
        );
      }
    }
    return { points, tried };
  }

  dispose(): void {
    this.engine.dispose();
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  private mixPair(
    point: Float32Array,
    cell: number,
    near: readonly number[],
    [choice, weight]: Float32Array,
  ): void {
    this.add(point, cell, weight);
    this.add(point, near[Math.floor(choice * near.length)], 1 - weight);
  }

  private mixAll(
    point: Float32Array,
    cells: readonly number[],
    sample: Float32Array,
    means: Float64Array,
  ): void {
    const { dimension } = this;
    const weights = cells.map((cell) => {
      let square = 0;
      for (let k = 0; k < dimension; k++) square += (sample[k] - means[cell * dimension + k]) ** 2;
      // A cell without samples has no mean: NaN. It has no volume to speak of, and no weight.
      return Number.isNaN(square) ? 0 : 1 / (Math.sqrt(square) + 1e-9);
    });
    const sum = weights.reduce((total, weight) => total + weight, 0);
    if (sum === 0) this.add(point, cells[0], 1);
    else cells.forEach((cell, i) => this.add(point, cell, weights[i] / sum));
  }

  private add(point: Float32Array, cell: number, weight: number): void {
    const { points, dimension } = this.potential;
    for (let k = 0; k < dimension; k++) point[k] += weight * points[cell * dimension + k];
  }
}
