import {
  BackendError,
  DataNotFoundError,
  loadOnnxRuntimeNode,
  OptionError,
  type JsonObject,
} from '@dist-gan/core';
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import type { Preparation } from './images/preparation.js';
import { canonicalJson } from '../canonical-json.js';
import { BatchExtractor } from './batch-extractor.js';
import type { FeatureExtractor } from './feature-extractor.js';

export interface OnnxExtractorOptions {
  /** The network's name in protocols. */
  readonly id: string;
  /** The layer's name in protocols. Default: the name of the output. */
  readonly layer?: string;
  /** The ONNX file: its path or its bytes. One input, float32, of open batch size. */
  readonly model: string | Uint8Array;
  /** The output with the features, `[batch, ...]`. Default: the first. */
  readonly output?: string;
  /** How bytes become the network's input; see `resizedImages` and `imagesAsTheyAre`. */
  readonly preparation: Preparation;
  /** Default `channels-last`, [batch, height, width, channels]; files from PyTorch are `channels-first`. */
  readonly layout?: 'channels-last' | 'channels-first';
  /** Images in one call. Default 4: more leave the processor's cache and are no faster. */
  readonly batchSize?: number;
  /** Threads. Default: one for each core. */
  readonly threads?: number;
  /** What the features depend on beside `id`, `layer` and the preparation, for instance the weights. */
  readonly protocol?: JsonObject;
  /** A digest of the weights, for caches. Default: that of the model's bytes, and of the files beside it that hold its numbers. */
  readonly fingerprint?: string;
}

/**
 * An extractor that runs an ONNX file on ONNX Runtime's CPU engine.
 *
 * @throws DataNotFoundError when there is no such file
 * @throws BackendError when onnxruntime-node is missing, or does not take the file
 */
export async function onnxExtractor(options: OnnxExtractorOptions): Promise<FeatureExtractor> {
  const { id, preparation, batchSize = 4, layout = 'channels-last' } = options;
  const { runtime, session } = await openSession(options);
  const [input] = session.inputNames;
  const output = options.output ?? session.outputNames[0];
  try {
    return new BatchExtractor({
      id,
      layer: options.layer ?? output,
      dimension: dimensionOf(session, output, id),
      batchSize,
      protocol: { ...preparation.protocol, ...options.protocol },
      fingerprint: await fingerprintOf(options),
      async run(images) {
        const { data, shape } = preparation.prepare(images);
        const first = layout === 'channels-first';
        const feed = new runtime.Tensor(
          'float32',
          first ? channelsFirst(data, shape) : data,
          first ? [shape[0], shape[3], shape[1], shape[2]] : shape,
        );
        try {
          const results = await session.run({ [input]: feed }, [output]);
          return results[output].data as Float32Array;
        } catch (cause) {
          throw new BackendError(
            `features ${id}: ONNX Runtime cannot run the model on images of shape [${feed.dims.join(', ')}] ` +
              `(${(cause as Error).message}); check its input, and layout`,
            'onnx',
            { cause },
          );
        }
      },
      release: () => session.release(),
    });
  } catch (error) {
    await session.release();
    throw error;
  }
}

interface Runtime {
  readonly InferenceSession: typeof InferenceSession;
  readonly Tensor: typeof Tensor;
}

async function openSession({
  id,
  model,
  threads,
}: OnnxExtractorOptions): Promise<{ runtime: Runtime; session: InferenceSession }> {
  const { module: runtime } = loadOnnxRuntimeNode<Runtime>('features', import.meta.url);
  const settings: InferenceSession.SessionOptions = {
    executionProviders: ['cpu'],
    graphOptimizationLevel: 'all',
    logSeverityLevel: 3,
    ...(threads !== undefined && { intraOpNumThreads: threads }),
  };
  try {
    const session =
      typeof model === 'string'
        ? await runtime.InferenceSession.create(model, settings)
        : await runtime.InferenceSession.create(model, settings);
    return { runtime, session };
  } catch (cause) {
    const reason = (cause as Error).message;
    if (typeof model === 'string' && /doesn't exist|No such file/i.test(reason)) {
      throw new DataNotFoundError(`features ${id}: there is no file ${model}; check the path`, model, {
        cause,
      });
    }
    throw new BackendError(`features ${id}: ONNX Runtime does not take the model (${reason})`, 'onnx', {
      cause,
    });
  }
}

/** Numbers in the output for one image, from what the file says of it. */
function dimensionOf(session: InferenceSession, output: string, id: string): number {
  const metadata = session.outputMetadata.find(({ name }) => name === output);
  if (metadata === undefined) {
    throw new OptionError(
      `features ${id}: the model has no output ${output}; it has ${session.outputNames.join(', ')}`,
      'output',
      output,
    );
  }
  const sizes = metadata.isTensor ? metadata.shape.slice(1) : [];
  const known = sizes.filter((size) => typeof size === 'number' && size > 0) as number[];
  if (known.length === sizes.length && sizes.length > 0)
    return known.reduce((product, size) => product * size, 1);
  throw new OptionError(
    `features ${id}: output ${output} has shape [${metadata.isTensor ? metadata.shape.join(', ') : '?'}]; ` +
      'all sizes but the first must be fixed; pool over places inside the model',
    'output',
    output,
  );
}

function channelsFirst(
  data: Float32Array,
  [count, height, width, channels]: readonly number[],
): Float32Array {
  const moved = new Float32Array(data.length);
  const pixels = height * width;
  for (let n = 0; n < count; n++) {
    const from = n * pixels * channels;
    for (let c = 0; c < channels; c++) {
      for (let p = 0; p < pixels; p++) moved[from + c * pixels + p] = data[from + p * channels + c];
    }
  }
  return moved;
}

/** What decides the features beside names and preparation: weights, and how they are asked for where that is said. */
async function fingerprintOf({ model, fingerprint, output, layout }: OnnxExtractorOptions): Promise<string> {
  const asked = { ...(output !== undefined && { output }), ...(layout !== undefined && { layout }) };
  const weights = fingerprint ?? (await digestOf(model));
  return Object.keys(asked).length === 0 ? weights : canonicalJson({ weights, ...asked });
}

/** SHA-256 of a model, as hexadecimal; of one that keeps numbers in files beside its own, of those, too. */
async function digestOf(model: string | Uint8Array): Promise<string> {
  const { createHash } = process.getBuiltinModule('node:crypto');
  const { readFile } = process.getBuiltinModule('node:fs/promises');
  const path = process.getBuiltinModule('node:path');
  if (typeof model !== 'string') return createHash('sha256').update(model).digest('hex');
  const bytes = await readFile(model);
  const hash = createHash('sha256').update(bytes);
  for (const file of namesOfFilesBeside(bytes))
    hash.update(await readFile(path.join(path.dirname(model), file)));
  return hash.digest('hex');
}

/** Of `external_data` of a TensorProto in onnx.proto: the key `location`, and a value, whose length comes next. */
const locationMark = '\x0a\x08location\x12';

/** Names of the files in which a model keeps numbers, each once. PyTorch writes those of its weights so. */
function namesOfFilesBeside(model: Buffer): string[] {
  const names = new Set<string>();
  for (let at = model.indexOf(locationMark); at >= 0; at = model.indexOf(locationMark, at + 1)) {
    // A length is a varint: seven bits a byte, the lowest first, and the eighth says that another byte follows.
    let start = at + locationMark.length;
    let length = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = model[start++];
      length += (byte & 127) << shift;
      if (byte < 128) break;
    }
    names.add(model.toString('utf8', start, start + length));
  }
  return [...names];
}
