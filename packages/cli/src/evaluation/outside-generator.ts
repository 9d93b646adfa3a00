import { readFileSync } from 'node:fs';
import {
  loadWeights,
  publishedGenerators,
  type PublishedGenerator,
  type WeightMapping,
} from '@dist-gan/architectures';
import {
  DataNotFoundError,
  fromJson,
  latentOptions,
  OptionError,
  positiveInteger,
  RandomStream,
  readSafetensors,
  resolveOptions,
  type JsonObject,
} from '@dist-gan/core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import * as v from 'valibot';
import { activateBackend } from '../engine/index.js';
import { architectureOf } from '../registry.js';

/** What the command line says of a generator that was trained elsewhere. */
export interface OutsideFlags {
  /** `--architecture`: an id, or `{"id": ..., "options": ...}`. */
  readonly architecture?: string;
  /** `--mapping`: a file. */
  readonly mapping?: string;
}

/** A generator that was trained elsewhere, and how it is sampled. */
export interface OutsideGenerator extends Omit<PublishedGenerator, 'mapping' | 'architecture'> {
  readonly network: LayersModel;
}

const reference = v.strictObject({ id: v.string(), options: v.optional(v.record(v.string(), v.unknown())) });

const architecture = v.union([v.string(), reference], 'must be an id, or {"id": ..., "options": {...}}');

const schema = v.strictObject({
  architecture: v.optional(architecture),
  samples: v.optional(
    v.strictObject({
      shape: v.array(positiveInteger),
      range: v.strictTuple([v.number(), v.number()], 'must be [low, high]'),
    }),
  ),
  latents: v.optional(latentOptions),
  // Checked where the weights are loaded.
  weights: v.optional(v.record(v.string(), v.unknown())),
});

type Description = v.InferOutput<typeof schema>;

/**
 * Loads a generator from a safetensors file of another program, on the wasm backend. The caller disposes its network.
 *
 * @param resolvePath a path as the user typed it to one that can be opened
 * @throws DataNotFoundError when a file is missing, OptionError when the description lacks something, DatasetFormatError when
 *   the weights are not those of the network
 */
export async function loadOutsideGenerator(
  path: string,
  flags: OutsideFlags,
  resolvePath: (path: string) => string,
): Promise<OutsideGenerator> {
  const given = flags.mapping === undefined ? {} : readDescription(resolvePath(flags.mapping), flags.mapping);
  const named = flags.architecture === undefined ? given.architecture : readReference(flags.architecture);
  const { mapping, architecture: made, ...generator } = describe(named, given);
  const bytes = readBytes(resolvePath(path), path);
  const { tensors } = readSafetensors(bytes, path);
  await activateBackend('wasm');
  const network = made.build('generator', generator.shape, RandomStream.fromSeed(0));
  try {
    loadWeights(network, tensors, mapping, path);
    return { ...generator, network };
  } catch (error) {
    network.dispose();
    throw error;
  }
}

function describe(named: Description['architecture'], given: Description): PublishedGenerator {
  if (named === undefined) {
    throw new OptionError(
      `weights from outside need their network: --architecture ${Object.keys(publishedGenerators).join(' or ')}, or "architecture" in the file ` +
        'of --mapping',
      '--architecture',
      named,
    );
  }
  const { id, options = {} } = typeof named === 'string' ? { id: named } : named;
  const { samples, latents, weights } = given;
  if (Object.hasOwn(publishedGenerators, id)) {
    const make = publishedGenerators[id as keyof typeof publishedGenerators] as (
      options: object,
    ) => PublishedGenerator;
    const published = make(options);
    return {
      ...published,
      ...(latents !== undefined && { latents }),
      ...(samples !== undefined && {
        range: samples.range,
        shape: { ...published.shape, sampleShape: samples.shape },
      }),
      ...(weights !== undefined && { mapping: weights as unknown as WeightMapping }),
    };
  }
  const made = architectureOf({ ...(options as JsonObject), id });
  if (samples === undefined || latents === undefined || weights === undefined) {
    const missing = Object.entries({ samples, latents, weights }).flatMap(([key, value]) =>
      value === undefined ? [key] : [],
    );
    throw new OptionError(
      `with the architecture ${id}, the file of --mapping must say ${missing.join(', ')}, for instance {"samples": {"shape": [32, 32, 3], "range": ` +
        '[-1, 1]}, "latents": {"dimension": 128, "distribution": "normal"}, "weights": {"layout": "pytorch", "layers": {...}}}',
      '--mapping',
      missing,
    );
  }
  return {
    architecture: made,
    shape: { sampleShape: samples.shape, latentDimension: latents.dimension },
    latents,
    range: samples.range,
    mapping: weights as unknown as WeightMapping,
  };
}

function readReference(text: string): Description['architecture'] {
  if (!text.trimStart().startsWith('{')) return text;
  return resolveOptions(
    v.strictObject({ '--architecture': reference }),
    { '--architecture': parse(text, '--architecture') },
    'the command line',
  )['--architecture'];
}

function readDescription(path: string, shown: string): Description {
  const content = parse(
    new TextDecoder().decode(readBytes(path, `--mapping ${shown}`)),
    `--mapping ${shown}`,
  );
  return resolveOptions(schema, content as Description, `--mapping ${shown}`);
}

function parse(text: string, where: string): unknown {
  try {
    return fromJson(text);
  } catch (cause) {
    throw new OptionError(`${where} is not JSON (${(cause as Error).message}); correct it`, where, text, {
      cause,
    });
  }
}

function readBytes(path: string, shown: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new DataNotFoundError(
      `${shown}: the file cannot be read (${(cause as Error).message}); check the path`,
      path,
      { cause },
    );
  }
}
