import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatasetFormatError, fromJson, toJson } from '@dist-gan/core';
import type { RunRecord, RunResult } from '../run-folder/index.js';
import type { RunGenerator } from './run-generator.js';

export interface ModelCardContent {
  readonly run: string;
  readonly record: RunRecord;
  readonly settings: RunGenerator['settings'];
  /** `onnx`, `saved-model`, ... */
  readonly form: string;
  /** What was written, below the card's folder. */
  readonly file: string;
  /** Whether batch norm makes inference differ from what the run samples. */
  readonly batchNorm: boolean;
}

/** What somebody who is given a generator must know: how it was made, how good it was, how to call it. */
export function modelCard({ run, record, settings, form, file, batchNorm }: ModelCardContent): string {
  const { latents, movingAverage } = settings;
  const { shape, range } = record.samples;
  const drawn = latents.distribution === 'uniform' ? 'uniform on [-1, 1)' : 'standard normal';
  const { method, architecture, dataset, steps } = record.options as Readonly<
    Record<string, { id?: string }>
  >;
  const calls: Readonly<Record<string, string>> = {
    onnx: `import numpy, onnxruntime
latents = ${numpyLatents(latents)}
samples, = onnxruntime.InferenceSession('${file}').run(['samples'], {'latents': latents})`,
    'saved-model': `import numpy, tensorflow as tf
latents = ${numpyLatents(latents)}
samples = tf.saved_model.load('${file}').signatures['serving_default'](latents=tf.constant(latents))['samples']`,
  };
  return `# Generator of ${record.preset}, seed ${record.seed}

Method ${method.id}, networks ${architecture.id}, data ${dataset.id}, ${toJson(steps)} training steps. ${
    movingAverage
      ? `Its weights are a moving average of the trained ones (half-life ${movingAverage.halfLife} samples).`
      : 'Its weights are those of the last evaluation.'
  }

## How to call it

- in: latents, float32 [batch, ${latents.dimension}], ${drawn}
- out: samples, float32 [batch, ${shape.join(', ')}]${shape.length === 3 ? ' (height, width, channels)' : ''}, from ${range[0]} to ${range[1]}
${
  batchNorm && form !== 'safetensors'
    ? '- batch norm uses its moving averages here; the run samples with the statistics of each batch, as the numbers below do\n'
    : ''
}${calls[form] === undefined ? '' : `\n\`\`\`python\n${calls[form]}\n\`\`\`\n`}
## How good it was

${results(run)}
`;
}

function numpyLatents({ dimension, distribution }: ModelCardContent['settings']['latents']): string {
  return distribution === 'uniform'
    ? `numpy.random.uniform(-1, 1, (16, ${dimension})).astype('float32')`
    : `numpy.random.standard_normal((16, ${dimension})).astype('float32')`;
}

function results(run: string): string {
  const file = join(run, 'result.json');
  if (!existsSync(file)) return 'The run was not finished; its log has the numbers of its evaluations.';
  const metrics = readMetrics(file);
  const rows = metrics.map(({ id, value, protocol }) => `| ${id} | ${value} | \`${toJson(protocol)}\` |`);
  return ['| metric | value | protocol |', '| --- | --- | --- |', ...rows].join('\n');
}

/** @throws DatasetFormatError when the file is damaged */
function readMetrics(file: string): RunResult['metrics'] {
  try {
    const result = fromJson(readFileSync(file, 'utf8')) as Partial<RunResult> | null;
    if (!Array.isArray(result?.metrics)) throw new TypeError('metrics are missing');
    return result.metrics as RunResult['metrics'];
  } catch (cause) {
    throw new DatasetFormatError(
      `${file} is no result of a run (${(cause as Error).message}); restore it, or train again`,
      file,
      0,
      { cause },
    );
  }
}
