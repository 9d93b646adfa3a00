import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { DataNotFoundError, OptionError } from '@dist-gan/core';
import type { InceptionLayer } from '../network.js';
import { readGraphDef } from './graph-def.js';
import type { InceptionWeights } from './inception-weights.js';
import { readPartFolder } from './part-folder.js';
import { torchWeightsName, torchWeightsSha256, verifyValues } from './published.js';
import { readSafetensorsWeights } from './safetensors-weights.js';
import { readTorchFile } from './torch-file.js';
import { fromTorchNames } from './torch-weights.js';

export interface ReadWeightsOptions {
  /**
   * Refuse weights that are not those of the published network. Default true. Without, results say that the weights
   * were not verified.
   */
  readonly verify?: boolean;
}

/**
 * Reads the weights of FID's Inception-v3 from
 * - `classify_image_graph_def.pb`, TensorFlow's frozen graph: the network that FID was defined with;
 * - `pt_inception-2015-12-05-6726825d.pth` of pytorch-fid (torch-fidelity has the same bytes), or a state dict with the
 *   same names in a `.pth`, `.pt` or `.safetensors` file;
 * - the folder `inception-2015-12-05-to-mixed_7`, which reaches to layer 768 and is rounded to five decimals.
 *
 * Shapes are checked, and that the numbers are the published ones; see {@link InceptionWeights.verifiedBy}.
 *
 * @throws DataNotFoundError when there is no such file, saying where to obtain one
 * @throws DatasetFormatError when it is damaged, or not these weights
 */
export async function readInceptionWeights(
  path: string,
  { verify = true }: ReadWeightsOptions = {},
): Promise<InceptionWeights> {
  if (!existsSync(path)) throw new DataNotFoundError(`there is no ${path}; ${whereToObtain}`, path);
  if (statSync(path).isDirectory()) {
    const part = { source: partFolderName, ...(await readPartFolder(path)) };
    if (verify) verifyValues(part);
    return { ...part, verifiedBy: verify ? 'values' : 'nothing' };
  }
  const bytes = await readFile(path);
  const source = basename(path);
  const weights = { source, ...(await parse(bytes, path)) };
  if (!verify) return { ...weights, verifiedBy: 'nothing' };
  if (createHash('sha256').update(bytes).digest('hex') === torchWeightsSha256) {
    return { ...weights, verifiedBy: 'sha256' };
  }
  verifyValues(weights);
  return { ...weights, verifiedBy: 'values' };
}

async function parse(
  bytes: Uint8Array,
  path: string,
): Promise<Omit<InceptionWeights, 'source' | 'verifiedBy'>> {
  if (path.endsWith('.pb')) return readGraphDef(bytes, path);
  if (path.endsWith('.safetensors')) return fromTorchNames(readSafetensorsWeights(bytes, path));
  if (/\.pth?$/.test(path)) return fromTorchNames(await readTorchFile(bytes, path));
  throw new OptionError(
    `inception weights: ${path} must end in .pb, .pth, .pt or .safetensors, or be a folder`,
    'weights',
    path,
  );
}

const partFolderName = 'inception-2015-12-05-to-mixed_7';

/** Names that the published files have, best first. */
const knownNames = [
  torchWeightsName,
  'weights-inception-2015-12-05-6726825d.pth',
  'classify_image_graph_def.pb',
  join('inception-2015-12-05', 'classify_image_graph_def.pb'),
  'inception-2015-12-05.safetensors',
];

const whereToObtain =
  'fetch them with dist-gan fetch inception, or obtain classify_image_graph_def.pb from download.tensorflow.org/models/image/imagenet/inception-2015-12-05.tgz, or ' +
  'pt_inception-2015-12-05-6726825d.pth from github.com/mseitzer/pytorch-fid/releases/tag/fid_weights';

/**
 * Where weights that reach to a layer lie in a folder with data files.
 *
 * @param folder default: the environment variable `DIST_GAN_DATA`
 * @throws DataNotFoundError saying which files would do and where to obtain them
 */
export function findInceptionWeights(
  layer: InceptionLayer,
  folder: string | undefined = process.env.DIST_GAN_DATA,
): string {
  const names = ['64', '192', '768'].includes(layer) ? [...knownNames, partFolderName] : knownNames;
  const found = names.map((name) => join(folder ?? '.', name)).find((path) => existsSync(path));
  if (folder !== undefined && found !== undefined) return found;
  throw new DataNotFoundError(
    `no Inception weights for layer ${layer} ${folder === undefined ? 'are named' : `in ${folder}`}: ${whereToObtain}; ` +
      'put the file into a folder and name that folder with DIST_GAN_DATA',
    folder ?? 'DIST_GAN_DATA',
  );
}
