import { howMeasured, toJson } from '@dist-gan/core';
import { type NetworkForm, readEvents, type RunPath, type RunSettings, weightLayouts } from '@dist-gan/runs';
import { classesOf } from '@dist-gan/trainer';
import { isRecipe } from './recipe-network.js';
import type { LoadedNetwork } from './loaded-network.js';

export interface ModelCardContent {
  readonly opened: RunPath;
  readonly network: LoadedNetwork;
  readonly role: string;
  readonly form: NetworkForm;
  /** What was written, below the card's folder. */
  readonly file: string;
}

/** What a network takes, in order, and its first output, by the names that exported files use. */
export function portsOf({ kind, network }: Pick<LoadedNetwork, 'kind' | 'network'>): {
  readonly inputNames: readonly string[];
  readonly outputName: string;
} {
  const labels = classesOf(network) > 0 ? ['labels'] : [];
  switch (kind) {
    case 'generator':
      return { inputNames: ['latents', ...labels], outputName: 'samples' };
    case 'encoder':
    case 'gaussian-encoder':
      return { inputNames: ['samples'], outputName: 'latents' };
    case 'autoencoder':
      return { inputNames: ['samples'], outputName: 'reconstructions' };
    case 'latent-discriminator':
      return { inputNames: ['latents'], outputName: 'logits' };
    case 'discriminator':
    case 'recognition-discriminator':
      return { inputNames: ['samples', ...labels], outputName: 'logits' };
    case 'set-discriminator':
    case 'two-set-discriminator':
      return { inputNames: ['samples'], outputName: 'logits' };
    case 'joint-discriminator':
      return { inputNames: ['samples', 'latents'], outputName: 'logits' };
  }
}

/** What somebody who is given a network must know: how it was made, how good it was, how to call it. */
export function modelCard(content: ModelCardContent): string {
  const { opened, network, role, form } = content;
  const { record, settings } = opened;
  const { method, recipe, architecture, dataset } = record.options as Readonly<
    Record<string, { id?: string } | undefined>
  >;
  const { step, averaged } = network;
  return `# ${role[0].toUpperCase()}${role.slice(1)} of ${record.preset}, seed ${record.seed}

${recipe === undefined ? `Method ${method?.id}` : `Recipe ${recipe.id}`}, networks ${architecture?.id}, data ${dataset?.id}, after ${toJson(step)} training steps. ${
    averaged
      ? `Its weights are a moving average of the trained ones (half-life ${'movingAverage' in settings && settings.movingAverage?.halfLife} samples).`
      : 'Its weights are those that were trained.'
  } Made with dist-gan ${record.versions['dist-gan'] ?? 'of unknown version'}; every option of the run is at the end.

## How to call it

${[...describePorts(content), ...notes(content)].map((line) => `- ${line}`).join('\n')}

${callIn[form](content)}
## How good ${role === 'generator' ? 'it' : 'the generator beside it'} was

${results(content)}

## Options of the run

\`\`\`json
${toJson(record.options, 2)}
\`\`\`
`;
}

function describePorts({ opened, network }: ModelCardContent): string[] {
  const { record } = opened;
  const { shape, range } = record.samples;
  const { dimension, drawn } = latentsOf(opened);
  const layout = shape.length === 3 ? ' (height, width, channels)' : '';
  const from = `from ${range[0]} to ${range[1]}`;
  const latents = `latents, float32 [batch, ${dimension}], ${drawn}`;
  const samples = `samples, float32 [batch, ${shape.join(', ')}]${layout}, ${from}`;
  const judged =
    network.packing === 1
      ? samples
      : `samples, float32 [batch, ${network.network.inputs[0].shape.slice(1).join(', ')}], ${from}: ${network.packing} samples one after the other along the last axis`;
  const judgedLatents =
    network.packing === 1
      ? latents
      : `latents, float32 [batch, ${network.packing * dimension}], ${drawn}: ${network.packing} one after the other`;
  const logits = 'logits, float32 [batch, 1]: the higher, the more it takes the samples for real';
  const classes = classesOf(network.network);
  const labels =
    classes === 0
      ? []
      : [`and: labels, float32 [batch, ${classes}], one-hot: a 1 at the class of each row, from 0 on`];
  switch (network.kind) {
    case 'generator':
      return [`in: ${latents}`, ...labels, `out: ${samples}`];
    case 'encoder':
      return [`in: ${samples}`, `out: latents, float32 [batch, ${dimension}]`];
    case 'gaussian-encoder':
      return [`in: ${samples}`, `out: means of latents, float32 [batch, ${dimension}]`];
    case 'autoencoder':
      return [
        `in: ${samples}`,
        'out: reconstructions, as the samples; the worse, the less it takes them for real',
      ];
    case 'latent-discriminator':
      return [`in: ${judgedLatents}`, `out: ${logits}`];
    case 'discriminator':
    case 'recognition-discriminator':
      return [`in: ${judged}`, ...labels, `out: ${logits}`];
    case 'set-discriminator':
    case 'two-set-discriminator': {
      const sets = `sets of samples, float32 [batch, ${[network.packing, ...shape].join(', ')}], ${from}`;
      const judgement =
        network.kind === 'set-discriminator'
          ? 'the more it takes the set for real'
          : 'the more it takes the halves of the set for different';
      return [`in: ${sets}`, `out: logits, float32 [batch, 1]: the higher, ${judgement}`];
    }
    case 'joint-discriminator':
      return [`in: ${samples}`, `and: ${latents}`, `out: ${logits}`];
  }
}

function notes({ network: { network }, form }: ModelCardContent): string[] {
  const normalized = network.layers.some((layer) => layer.getClassName() === 'BatchNormalization');
  const own = network.layers.map((layer) => layer.getClassName()).some((name) => name.startsWith('DistGan'));
  return [
    ...(normalized
      ? [
          'batch norm uses its moving averages here (inference mode); while it trains, and where it samples for the numbers below, the run uses ' +
            'the statistics of each batch',
        ]
      : []),
    ...(form === 'safetensors' ? [`layouts: ${weightLayouts}`] : []),
    ...(form === 'layers-model' && own
      ? [
          'call registerCustomObjects of @dist-gan/architectures before it is loaded: it has layers of that package',
        ]
      : []),
  ];
}

const callArguments = (names: readonly string[]) => (names.length === 1 ? names[0] : `[${names.join(', ')}]`);

const python = (code: string) => `\`\`\`python\n${code}\n\`\`\`\n`;

const callIn: Readonly<Record<NetworkForm, (content: ModelCardContent) => string>> = {
  onnx(content) {
    const { inputNames, outputName } = portsOf(content.network);
    const feeds = inputNames.map((name) => `'${name}': ${name}`).join(', ');
    return python(`import numpy, onnxruntime
${numpyInputs(content)}
${outputName}, = onnxruntime.InferenceSession('${content.file}').run(['${outputName}'], {${feeds}})`);
  },
  'saved-model'(content) {
    const { inputNames, outputName } = portsOf(content.network);
    const feeds = inputNames.map((name) => `${name}=tf.constant(${name})`).join(', ');
    return python(`import numpy, tensorflow as tf
${numpyInputs(content)}
network = tf.saved_model.load('${content.file}').signatures['serving_default']
${outputName} = network(${feeds})['${outputName}']`);
  },
  'layers-model': ({ file, network }) => `\`\`\`js
import * as tf from '@tensorflow/tfjs';
const network = await tf.loadLayersModel('${file}'); // its address, or file://... with tfjs-node
const output = network.predict(${callArguments(portsOf(network).inputNames)});
\`\`\`
`,
  safetensors: ({ file }) =>
    python(`from safetensors.numpy import load_file
weights = load_file('${file}')
# PyTorch wants linear layers as weight.T, convolutions as weight.transpose(3, 2, 0, 1), transposed ones likewise.`),
};

interface DescribedLatents {
  readonly dimension: number;
  /** How they are distributed. */
  readonly drawn: string;
  /** Some of them, in the words of NumPy. */
  readonly numpy: string;
}

function latentsOf(opened: RunPath): DescribedLatents {
  if (isRecipe(opened)) {
    return {
      dimension: opened.settings.latentDimension,
      drawn: 'as the recipe makes them: `dist-gan sample --out samples.npz` writes them beside their samples',
      numpy: "numpy.load('samples.npz')['latents']",
    };
  }
  const { dimension, distribution } = (opened as RunPath<RunSettings>).settings.latents;
  return distribution === 'uniform'
    ? { dimension, drawn: 'uniform on [-1, 1)', numpy: random(`uniform(-1, 1, (16, ${dimension}))`) }
    : { dimension, drawn: 'standard normal', numpy: random(`standard_normal((16, ${dimension}))`) };
}

const random = (drawn: string) => `numpy.random.${drawn}.astype('float32')`;

/** Something to call a network with, in the words of NumPy: a line for each of its inputs. */
function numpyInputs(content: ModelCardContent): string {
  const { inputNames } = portsOf(content.network);
  return inputNames.map((name) => `${name} = ${numpyInput(name, content)}`).join('\n');
}

function numpyInput(name: string, { opened, network: { network } }: ModelCardContent): string {
  if (name === 'latents') return latentsOf(opened).numpy;
  if (name === 'labels') {
    const classes = classesOf(network);
    return `numpy.eye(${classes}, dtype='float32')[numpy.arange(16) % ${classes}]`;
  }
  const { range } = opened.record.samples;
  const size = [16, ...network.inputs[0].shape.slice(1)];
  return random(`uniform(${range[0]}, ${range[1]}, (${size.join(', ')}))`);
}

/** The run's last evaluation up to the step of the network. */
function results({ opened: { run }, network: { step, averaged } }: ModelCardContent): string {
  const evaluation = readEvents(run)
    .filter((event) => event.event === 'evaluation')
    .filter((each) => each.step <= step)
    .at(-1);
  if (evaluation === undefined) return 'It was not evaluated up to here.';
  // Numbers of a moving average are no numbers of the network that it follows.
  const metrics = averaged ? evaluation.metrics : (evaluation.rawMetrics ?? evaluation.metrics);
  if (metrics.length === 0) return 'It was not measured.';
  // A bar of a formula would end the cell, in code as well.
  const rows = metrics.map(
    (result) =>
      `| ${result.id} | ${result.value} | \`${toJson(howMeasured(result)).replaceAll('|', '\\|')}\` |`,
  );
  return [
    `At step ${evaluation.step}:`,
    '',
    '| metric | value | protocol |',
    '| --- | --- | --- |',
    ...rows,
  ].join('\n');
}
