import { classCount } from '../network.js';
import { foldBatchNorm } from './fold-batch-norm.js';
import type { InceptionWeights } from './inception-weights.js';
import { convolutionsIn, permuteAxes, type NamedTensors } from './named-tensors.js';

/** PyTorch's BatchNorm2d layers were made with this. */
const epsilon = 0.001;

/** Weights by the names of pytorch-fid's state dict. Filters are `[outputs, inputs, height, width]` there. */
export function fromTorchNames(tensors: NamedTensors): Omit<InceptionWeights, 'verifiedBy' | 'source'> {
  const named = convolutionsIn(tensors, ({ torchName }) => `${torchName}.conv.weight`);
  const convolutions = named.map(({ name, torchName, filterShape, outputs }) => {
    const [height, width, inputs] = filterShape;
    const shape = [outputs, inputs, height, width];
    const filter = permuteAxes(tensors.get(`${torchName}.conv.weight`, shape), shape, [2, 3, 1, 0]);
    const statistic = (part: string) => tensors.get(`${torchName}.bn.${part}`, [outputs]);
    const folded = foldBatchNorm(filter, {
      gamma: statistic('weight'),
      beta: statistic('bias'),
      mean: statistic('running_mean'),
      variance: statistic('running_var'),
      epsilon,
    });
    return [name, folded] as const;
  });
  const shape = [classCount, 2048];
  return {
    convolutions: new Map(convolutions),
    ...(tensors.has('fc.weight') && {
      classifier: {
        matrix: permuteAxes(tensors.get('fc.weight', shape), shape, [1, 0]),
        bias: tensors.get('fc.bias', [classCount]),
      },
    }),
  };
}
