/**
 * Inception-v3 as FID knows it: the network that TensorFlow published on 2015-12-05. It differs from the Inception-v3
 * of torchvision in the padding of average pools (it does not count), in the last block (a maximum, not an average)
 * and in its 1008 classes.
 *
 * Written as data, so that the network, the shapes of its weights and their names in each published file come from
 * one place. Source: the graph `classify_image_graph_def.pb` of the archive inception-2015-12-05.tgz.
 */

/** A convolution without bias, its batch norm and a rectifier. */
interface Convolution {
  readonly kind: 'convolution';
  /** Its name in TensorFlow's graph, for instance `mixed_9/tower/mixed/conv_1`. */
  readonly name: string;
  /** Its name in PyTorch's converted weights, for instance `Mixed_7b.branch3x3_2b`. */
  readonly torchName: string;
  readonly outputs: number;
  readonly kernel: readonly [height: number, width: number];
  readonly stride: 1 | 2;
  readonly padding: Padding;
}

/** A 3 x 3 window; padding does not count. */
interface Pool {
  readonly kind: 'maximum' | 'average';
  readonly stride: 1 | 2;
  readonly padding: Padding;
}

/** Branches that see the same input; their channels follow one another. */
interface Parallel {
  readonly kind: 'parallel';
  readonly branches: readonly (readonly Step[])[];
}

/** The mean over all places of the images at this point are the features of a layer. */
interface Tap {
  readonly kind: 'tap';
  readonly layer: '64' | '192' | '768' | '2048';
}

export type Step = Convolution | Pool | Parallel | Tap;
type Padding = 'same' | 'valid';

/** Layers whose features metrics compare, by the names that pytorch-fid, torchmetrics and torch-fidelity use. */
export const featureLayers = ['64', '192', '768', '2048'] as const;

/** The same, and the logits of the classes. */
export const inceptionLayers = [...featureLayers, 'logits_unbiased', 'logits'] as const;
export type InceptionLayer = (typeof inceptionLayers)[number];

/** Classes of the last layer; the 2015 network has eight more than ImageNet. */
export const classCount = 1008;

/** Side of the images that the network takes, in pixels. */
export const inputSide = 299;

type Kernel = number | readonly [height: number, width: number];

function convolution(
  name: string,
  torchName: string,
  outputs: number,
  kernel: Kernel,
  { stride = 1, padding = 'same' }: Partial<Pick<Convolution, 'stride' | 'padding'>> = {},
): Convolution {
  const sides = typeof kernel === 'number' ? ([kernel, kernel] as const) : kernel;
  return { kind: 'convolution', name, torchName, outputs, kernel: sides, stride, padding };
}

const halving = { stride: 2, padding: 'valid' } as const;
const maximum = (options: Omit<Pool, 'kind'>): Pool => ({ kind: 'maximum', ...options });
const average: Pool = { kind: 'average', stride: 1, padding: 'same' };
const parallel = (...branches: Step[][]): Parallel => ({ kind: 'parallel', branches });
const tap = (layer: Tap['layer']): Tap => ({ kind: 'tap', layer });

/** Names convolutions of one block in both files. */
const inBlock =
  (block: string, torchBlock: string) =>
  (name: string, torchName: string, ...rest: [outputs: number, kernel: Kernel, options?: typeof halving]) =>
    convolution(`${block}/${name}`, `${torchBlock}.${torchName}`, ...rest);

/** 35 x 35: branches of 1, 5 and twice 3 pixels. */
function blockA(block: string, torchBlock: string, pooled: number): Parallel {
  const conv = inBlock(block, torchBlock);
  return parallel(
    [conv('conv', 'branch1x1', 64, 1)],
    [conv('tower/conv', 'branch5x5_1', 48, 1), conv('tower/conv_1', 'branch5x5_2', 64, 5)],
    [
      conv('tower_1/conv', 'branch3x3dbl_1', 64, 1),
      conv('tower_1/conv_1', 'branch3x3dbl_2', 96, 3),
      conv('tower_1/conv_2', 'branch3x3dbl_3', 96, 3),
    ],
    [average, conv('tower_2/conv', 'branch_pool', pooled, 1)],
  );
}

/** From 35 x 35 to 17 x 17. */
function blockB(block: string, torchBlock: string): Parallel {
  const conv = inBlock(block, torchBlock);
  return parallel(
    [conv('conv', 'branch3x3', 384, 3, halving)],
    [
      conv('tower/conv', 'branch3x3dbl_1', 64, 1),
      conv('tower/conv_1', 'branch3x3dbl_2', 96, 3),
      conv('tower/conv_2', 'branch3x3dbl_3', 96, 3, halving),
    ],
    [maximum(halving)],
  );
}

/** 17 x 17: windows of 7 pixels, one direction after the other. */
function blockC(block: string, torchBlock: string, inner: number): Parallel {
  const conv = inBlock(block, torchBlock);
  return parallel(
    [conv('conv', 'branch1x1', 192, 1)],
    [
      conv('tower/conv', 'branch7x7_1', inner, 1),
      conv('tower/conv_1', 'branch7x7_2', inner, [1, 7]),
      conv('tower/conv_2', 'branch7x7_3', 192, [7, 1]),
    ],
    [
      conv('tower_1/conv', 'branch7x7dbl_1', inner, 1),
      conv('tower_1/conv_1', 'branch7x7dbl_2', inner, [7, 1]),
      conv('tower_1/conv_2', 'branch7x7dbl_3', inner, [1, 7]),
      conv('tower_1/conv_3', 'branch7x7dbl_4', inner, [7, 1]),
      conv('tower_1/conv_4', 'branch7x7dbl_5', 192, [1, 7]),
    ],
    [average, conv('tower_2/conv', 'branch_pool', 192, 1)],
  );
}

/** From 17 x 17 to 8 x 8. */
function blockD(block: string, torchBlock: string): Parallel {
  const conv = inBlock(block, torchBlock);
  return parallel(
    [conv('tower/conv', 'branch3x3_1', 192, 1), conv('tower/conv_1', 'branch3x3_2', 320, 3, halving)],
    [
      conv('tower_1/conv', 'branch7x7x3_1', 192, 1),
      conv('tower_1/conv_1', 'branch7x7x3_2', 192, [1, 7]),
      conv('tower_1/conv_2', 'branch7x7x3_3', 192, [7, 1]),
      conv('tower_1/conv_3', 'branch7x7x3_4', 192, 3, halving),
    ],
    [maximum(halving)],
  );
}

/** 8 x 8: windows of 3 pixels that split into both directions. */
function blockE(block: string, torchBlock: string, pool: Pool): Parallel {
  const conv = inBlock(block, torchBlock);
  return parallel(
    [conv('conv', 'branch1x1', 320, 1)],
    [
      conv('tower/conv', 'branch3x3_1', 384, 1),
      parallel(
        [conv('tower/mixed/conv', 'branch3x3_2a', 384, [1, 3])],
        [conv('tower/mixed/conv_1', 'branch3x3_2b', 384, [3, 1])],
      ),
    ],
    [
      conv('tower_1/conv', 'branch3x3dbl_1', 448, 1),
      conv('tower_1/conv_1', 'branch3x3dbl_2', 384, 3),
      parallel(
        [conv('tower_1/mixed/conv', 'branch3x3dbl_3a', 384, [1, 3])],
        [conv('tower_1/mixed/conv_1', 'branch3x3dbl_3b', 384, [3, 1])],
      ),
    ],
    [pool, conv('tower_2/conv', 'branch_pool', 192, 1)],
  );
}

/** The network from images [299, 299, 3] to the last features. What follows is one matrix product to the logits. */
export const inceptionSteps: readonly Step[] = [
  convolution('conv', 'Conv2d_1a_3x3', 32, 3, halving),
  convolution('conv_1', 'Conv2d_2a_3x3', 32, 3, { padding: 'valid' }),
  convolution('conv_2', 'Conv2d_2b_3x3', 64, 3),
  maximum(halving),
  tap('64'),
  convolution('conv_3', 'Conv2d_3b_1x1', 80, 1),
  convolution('conv_4', 'Conv2d_4a_3x3', 192, 3, { padding: 'valid' }),
  maximum(halving),
  tap('192'),
  blockA('mixed', 'Mixed_5b', 32),
  blockA('mixed_1', 'Mixed_5c', 64),
  blockA('mixed_2', 'Mixed_5d', 64),
  blockB('mixed_3', 'Mixed_6a'),
  blockC('mixed_4', 'Mixed_6b', 128),
  blockC('mixed_5', 'Mixed_6c', 160),
  blockC('mixed_6', 'Mixed_6d', 160),
  blockC('mixed_7', 'Mixed_6e', 192),
  tap('768'),
  blockD('mixed_8', 'Mixed_7a'),
  blockE('mixed_9', 'Mixed_7b', average),
  // A maximum here, unlike every later Inception-v3; the published weights were trained with it.
  blockE('mixed_10', 'Mixed_7c', maximum({ stride: 1, padding: 'same' })),
  tap('2048'),
];

/** The steps that the features of a layer need. */
export function stepsTo(layer: InceptionLayer): readonly Step[] {
  const last = inceptionSteps.findIndex((step) => step.kind === 'tap' && step.layer === layer);
  return last < 0 ? inceptionSteps : inceptionSteps.slice(0, last);
}

/** A convolution with the shape of its filter, `[height, width, inputs, outputs]` as in TensorFlow. */
export interface ShapedConvolution extends Convolution {
  readonly filterShape: readonly [height: number, width: number, inputs: number, outputs: number];
}

/** The convolutions of some steps in order, with the number of channels that each one takes. */
export function convolutionsOf(steps: readonly Step[]): ShapedConvolution[] {
  return walk(steps, 3).found;
}

/** The convolutions that a layer needs, for those who bring weights of their own. */
export function inceptionConvolutions(layer: InceptionLayer): ShapedConvolution[] {
  return convolutionsOf(stepsTo(layer));
}

function walk(steps: readonly Step[], inputs: number): { found: ShapedConvolution[]; channels: number } {
  const found: ShapedConvolution[] = [];
  let channels = inputs;
  for (const step of steps) {
    if (step.kind === 'convolution') {
      found.push({ ...step, filterShape: [...step.kernel, channels, step.outputs] });
      channels = step.outputs;
    } else if (step.kind === 'parallel') {
      const branches = step.branches.map((branch) => walk(branch, channels));
      found.push(...branches.flatMap((branch) => branch.found));
      channels = branches.reduce((sum, branch) => sum + branch.channels, 0);
    }
  }
  return { found, channels };
}
