import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DataNotFoundError, DatasetFormatError } from '@dist-gan/core';
import * as v from 'valibot';
import { inceptionConvolutions } from '../network.js';
import type { ConvolutionWeights, InceptionWeights } from './inception-weights.js';
import { littleEndianFloats, permuteAxes } from './named-tensors.js';

const manifestFileSchema = v.object({ file: v.string(), sha256: v.string() });

/** What is used of `manifest.json`. */
const manifestSchema = v.object({
  layers: v.array(
    v.object({
      name: v.string(),
      weights_shape_OHWI: v.array(v.number()),
      weights: manifestFileSchema,
      bias: manifestFileSchema,
    }),
  ),
});

type Manifest = v.InferOutput<typeof manifestSchema>;
type ManifestFile = v.InferOutput<typeof manifestFileSchema>;

/**
 * Reads the folder `inception-2015-12-05-to-mixed_7`: the 70 convolutions up to layer 768 with batch norm folded in,
 * raw little-endian float32, filters `[outputs, height, width, inputs]`, and `manifest.json` with shapes and checksums.
 *
 * @throws DataNotFoundError when the folder has no manifest, or a file is missing
 * @throws DatasetFormatError when a file differs from its checksum or a shape from the network
 */
export async function readPartFolder(folder: string): Promise<Pick<InceptionWeights, 'convolutions'>> {
  const manifestFile = join(folder, 'manifest.json');
  const manifest = await readManifest(folder, manifestFile);
  const layers = new Map(manifest.layers.map((layer) => [layer.name, layer]));
  const convolutions = new Map<string, ConvolutionWeights>();
  for (const { name, filterShape, outputs } of inceptionConvolutions('768')) {
    const layer = layers.get(name.replaceAll('/', '_'));
    const [height, width, inputs] = filterShape;
    const shape = [outputs, height, width, inputs];
    if (layer?.weights_shape_OHWI.join() !== shape.join()) {
      throw new DatasetFormatError(
        `${manifestFile}: ${name} has shape [${layer?.weights_shape_OHWI.join(', ') ?? 'none'}], ` +
          `wanted [${shape.join(', ')}]`,
        manifestFile,
        0,
      );
    }
    const filter = await readFloats(
      folder,
      layer.weights,
      shape.reduce((product, extent) => product * extent, 1),
    );
    convolutions.set(name, {
      filter: permuteAxes(filter, shape, [1, 2, 3, 0]),
      bias: await readFloats(folder, layer.bias, outputs),
    });
  }
  return { convolutions };
}

async function readManifest(folder: string, manifestFile: string): Promise<Manifest> {
  let text: string;
  try {
    text = await readFile(manifestFile, 'utf8');
  } catch (cause) {
    throw new DataNotFoundError(
      `inception weights: ${folder} is a folder without manifest.json; the folder that can be read is ` +
        'inception-2015-12-05-to-mixed_7, else name a file (.pb, .pth, .safetensors)',
      manifestFile,
      { cause },
    );
  }
  try {
    return v.parse(manifestSchema, JSON.parse(text));
  } catch (cause) {
    throw new DatasetFormatError(
      `${manifestFile} is not the manifest of Inception's weights (${(cause as Error).message}); copy the folder again`,
      manifestFile,
      0,
      { cause },
    );
  }
}

async function readFloats(
  folder: string,
  { file, sha256 }: ManifestFile,
  count: number,
): Promise<Float32Array> {
  const path = join(folder, file);
  const bytes = await readFile(path).catch((cause: Error) => {
    throw new DatasetFormatError(
      `${path} cannot be read (${cause.message}); copy the folder again`,
      path,
      0,
      { cause },
    );
  });
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found === sha256 && bytes.length === 4 * count) return littleEndianFloats(bytes);
  throw new DatasetFormatError(
    `${path} is damaged: ${bytes.length} bytes with sha256 ${found.slice(0, 8)}..., wanted ${4 * count} with ` +
      `${sha256.slice(0, 8)}...; copy the folder again`,
    path,
    0,
  );
}
