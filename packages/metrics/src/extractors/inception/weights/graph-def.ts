import { DatasetFormatError } from '@dist-gan/core';
import { classCount } from '../network.js';
import { foldBatchNorm } from './fold-batch-norm.js';
import type { InceptionWeights } from './inception-weights.js';
import { convolutionsIn, littleEndianFloats, NamedTensors, type NamedTensor } from './named-tensors.js';
import { readFields, type Fields } from './protobuf.js';

/*
 * TensorFlow's frozen graph: a GraphDef message whose Const nodes hold the weights. Field numbers are those of
 * graph.proto, node_def.proto, attr_value.proto and tensor.proto.
 */
const graphNode = 1;
const node = { name: 1, op: 2, attributes: 5 };
const entry = { key: 1, value: 2 };
const attribute = { float: 4, bool: 5, tensor: 8 };
const tensorProto = { type: 1, shape: 2, content: 4, floats: 5 };
const shapeDimension = 2;
const dimensionSize = 1;
const float32 = 1;

/** The name of the file in the archive that TensorFlow published. */
const graphFileName = 'classify_image_graph_def.pb';

/** Reads `classify_image_graph_def.pb`. @throws DatasetFormatError */
export function readGraphDef(
  bytes: Uint8Array,
  file: string,
): Omit<InceptionWeights, 'verifiedBy' | 'source'> {
  const { tensors, norms } = readNodes(bytes, file);
  const convolutions = convolutionsIn(tensors, ({ name }) => `${name}/conv2d_params`).map((convolution) => {
    const { name, filterShape, outputs } = convolution;
    const statistic = (part: string) => tensors.get(`${name}/batchnorm/${part}`, [outputs]);
    const norm = norms.get(`${name}/batchnorm`);
    const folded = foldBatchNorm(tensors.get(`${name}/conv2d_params`, filterShape), {
      ...(norm?.scales !== false && { gamma: statistic('gamma') }),
      beta: statistic('beta'),
      mean: statistic('moving_mean'),
      variance: statistic('moving_variance'),
      epsilon: norm?.epsilon ?? 0.001,
    });
    return [name, folded] as const;
  });
  return {
    convolutions: new Map(convolutions),
    ...(tensors.has('softmax/weights') && {
      classifier: {
        matrix: tensors.get('softmax/weights', [2048, classCount]),
        bias: tensors.get('softmax/biases', [classCount]),
      },
    }),
  };
}

/** Attributes of a batch-norm node. */
interface NormAttributes {
  readonly epsilon: number | undefined;
  /** Whether gamma is used; the attribute is absent in protocol buffers when it is false. */
  readonly scales: boolean;
}

function readNodes(
  bytes: Uint8Array,
  file: string,
): { tensors: NamedTensors; norms: Map<string, NormAttributes> } {
  const tensors = new Map<string, NamedTensor>();
  const norms = new Map<string, NormAttributes>();
  try {
    for (const message of readFields(bytes).messages(graphNode)) {
      const fields = readFields(message);
      const name = fields.text(node.name);
      const op = fields.text(node.op);
      if (op === 'Const') {
        const tensor = readTensor(attributesOf(fields).get('value')?.messages(attribute.tensor)[0]);
        if (tensor !== undefined) tensors.set(name, tensor);
      } else if (op === 'BatchNormWithGlobalNormalization') {
        const attributes = attributesOf(fields);
        norms.set(name, {
          epsilon: attributes.get('variance_epsilon')?.float32(attribute.float),
          scales: attributes.get('scale_after_normalization')?.integer(attribute.bool) === 1,
        });
      }
    }
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new DatasetFormatError(
      `${file} is not a whole GraphDef (${cause.message}); unpack ${graphFileName} again`,
      file,
      0,
      { cause },
    );
  }
  return { tensors: new NamedTensors(file, tensors), norms };
}

function attributesOf(fields: Fields): Map<string, Fields> {
  return new Map(
    fields.messages(node.attributes).map((message) => {
      const pair = readFields(message);
      return [pair.text(entry.key), readFields(pair.messages(entry.value)[0] ?? new Uint8Array())];
    }),
  );
}

/** Numbers of the largest tensor of the network, which a file could write as one. */
const mostRepeated = 2048 * classCount;

/** A float32 tensor; nothing for one of another type. */
function readTensor(message: Uint8Array | undefined): NamedTensor | undefined {
  if (message === undefined) return undefined;
  const fields = readFields(message);
  if (fields.integer(tensorProto.type) !== float32) return undefined;
  const dimensions = readFields(fields.messages(tensorProto.shape)[0] ?? new Uint8Array());
  const shape = dimensions
    .messages(shapeDimension)
    .map((dimension) => readFields(dimension).integer(dimensionSize) ?? 0);
  const size = shape.reduce((product, extent) => product * extent, 1);
  const content = fields.messages(tensorProto.content)[0];
  const data = content ? littleEndianFloats(content) : fields.floats(tensorProto.floats);
  // Equal numbers at the end are written once.
  if (data.length < size && data.length > 0 && size <= mostRepeated) {
    const filled = new Float32Array(size).fill(data.at(-1)!);
    filled.set(data);
    return { shape, data: filled };
  }
  if (data.length !== size) throw new RangeError(`a tensor of ${size} numbers has ${data.length}`);
  return { shape, data };
}
