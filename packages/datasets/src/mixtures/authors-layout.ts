import {
  DataNotFoundError,
  nonNegative,
  positive,
  positiveInteger,
  resolveOptions,
  seed,
} from '@dist-gan/core';
import * as v from 'valibot';
import { dataFolder, type DatasetEnvironment } from '../environment.js';
import { readBytes } from '../files/file-system.js';
import { drawPoints } from './draw-points.js';
import { mixtureDataset, type MixtureDescription } from './gaussian-mixture.js';
import type { MixtureDataset } from './mixture.js';
import { parsePoints } from './point-file.js';

/** A layout of the Dist-GAN paper, which exists as a recipe and as a published file. */
export interface AuthorsLayout extends MixtureDescription {
  readonly centres: readonly (readonly number[])[];
  readonly pointsPerMode: number;
  /** Name of the published file. */
  readonly file: string;
}

/** Standard deviation of every mode of the authors' layouts, in original coordinates. */
const standardDeviation = 0.05;

/** Folder below the data folder that holds the authors' files. */
const authorsFolder = 'toy2d';

const choices = 'must be "drawn" or "file"';

const fileSchema = v.strictObject({
  from: v.optional(v.literal('file', choices), 'file'),
  file: v.optional(v.string('must be the path of a file')),
  margin: v.optional(nonNegative, 0),
});

/** How points are taken to [0, 1]. */
interface Normalisation {
  /**
   * What stays free on every side, as a share of the largest absolute entry m: points are divided by m (1 + margin).
   * Default 0, as the authors have it: the outermost point lies on the edge, where a generator's sigmoid saturates.
   */
  readonly margin?: number;
}

/** Points drawn from the layout's distribution: they depend on the seed alone. */
export interface DrawnPoints extends Normalisation {
  readonly from?: 'drawn';
  /** Default: as many as in the authors' file. */
  readonly pointsPerMode?: number;
  /** In original coordinates; default 0.05. */
  readonly standardDeviation?: number;
  /** Default 0. It is not the seed of a training run: every run sees the same points. */
  readonly seed?: number;
}

/** Points read from a text file. */
export interface PointsFromFile extends Normalisation {
  readonly from?: 'file';
  /** Path of the file. Default: the authors' file in the folder `toy2d` of the data folder. */
  readonly file?: string;
}

export type AuthorsLayoutOptions = DrawnPoints | PointsFromFile;

/** Makes the data set of a layout of the Dist-GAN paper, drawn or read from a file. */
export function authorsLayout(
  layout: AuthorsLayout,
  options: AuthorsLayoutOptions = {},
  environment: DatasetEnvironment = {},
): MixtureDataset {
  const { centres, id } = layout;
  const description = { id, title: layout.title, source: layout.source };
  const given: { from?: string; file?: string } = options;
  if (given.from === 'file' || (given.from === undefined && given.file !== undefined)) {
    const { from, file, margin } = resolveOptions(fileSchema, options, id);
    const path = file ?? authorsFile(layout, environment);
    const remedy = `download ${layout.file} from github.com/tntrung/gan, or draw the points (${id}.from: "drawn")`;
    const points = parsePoints(readBytes(path, remedy), path, { id, centres, standardDeviation });
    const recorded = { from, ...(file !== undefined && { file }), margin };
    return mixtureDataset(description, recorded, { points, centres, standardDeviation }, true, margin);
  }
  const drawnSchema = v.strictObject({
    from: v.optional(v.literal('drawn', choices), 'drawn'),
    pointsPerMode: v.optional(positiveInteger, layout.pointsPerMode),
    standardDeviation: v.optional(positive, standardDeviation),
    seed: v.optional(seed, 0),
    margin: v.optional(nonNegative, 0),
  });
  const resolved = resolveOptions(drawnSchema, options, id);
  return mixtureDataset(description, resolved, drawPoints({ centres, ...resolved }), true, resolved.margin);
}

function authorsFile(layout: AuthorsLayout, environment: DatasetEnvironment): string {
  const folder = environment.dataFolder ?? dataFolder();
  if (folder !== undefined) return `${folder}/${authorsFolder}/${layout.file}`;
  throw new DataNotFoundError(
    `${layout.id}: there is no data folder to find ${authorsFolder}/${layout.file} in; set DIST_GAN_DATA, ` +
      `give ${layout.id}.file, or draw the points (${layout.id}.from: "drawn")`,
    layout.file,
  );
}
