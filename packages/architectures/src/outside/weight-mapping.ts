import { oneOf, positive, positiveInteger, resolveOptions } from '@dist-gan/core';
import * as v from 'valibot';

/** Where the weights of a layer are in a file of another program. */
export interface LayerSource {
  /** What the file's names of the layer's tensors begin with: `block2.c1` of `block2.c1.weight`. */
  readonly from: string;
  /**
   * Of a dense layer, or of a batch norm right behind it: its outputs are an image `[channels, height, width]` in the file,
   * and one of `[height, width, channels]` here.
   */
  readonly outputs?: readonly [channels: number, height: number, width: number];
  /** Of a dense layer: the same of its inputs. */
  readonly inputs?: readonly [channels: number, height: number, width: number];
  /**
   * Of a batch norm: the tensor with the bias of the layer in front of it, which has none here. What it does is the batch
   * norm's to take away: moving mean - bias.
   */
  readonly precedingBias?: string;
}

const layouts = ['pytorch', 'tensorflow'] as const;

/** How the names and layouts of a file's tensors belong to the weights of a network here. */
export interface WeightMapping {
  /**
   * `pytorch`: `weight`, `bias`, `running_mean`, `running_var`; linear layers [out, in], convolutions [out, in, height, width],
   * transposed ones [in, out, height, width]; a dense layer here may be a transposed convolution of one pixel there.
   * `tensorflow`: `kernel`, `bias`, `gamma`, `beta`, `moving_mean`, `moving_variance` after a slash, as this project exports.
   */
  readonly layout: (typeof layouts)[number];
  /**
   * Added to the variance in every batch norm of the file's network. Default: PyTorch's 1e-5, and for `tensorflow` that of
   * the network here. Where the two differ, moving variances are shifted by the difference.
   */
  readonly epsilon?: number;
  /**
   * By the name of a layer here: what the file calls it. For `pytorch` every layer with weights needs an entry; for
   * `tensorflow` a layer without one has the same name in the file.
   */
  readonly layers?: Readonly<Record<string, string | LayerSource>>;
  /** Beginnings of names of tensors that belong to no layer, and shall be passed by. */
  readonly ignore?: readonly string[];
}

const image = v.strictTuple(
  [positiveInteger, positiveInteger, positiveInteger],
  'must be [channels, height, width]',
);

const schema = v.strictObject({
  layout: oneOf(layouts),
  epsilon: v.optional(positive),
  layers: v.optional(
    v.record(
      v.string(),
      v.union(
        [
          v.string(),
          v.strictObject({
            from: v.string(),
            outputs: v.optional(image),
            inputs: v.optional(image),
            precedingBias: v.optional(v.string()),
          }),
        ],
        'must be a name, or an object with from, outputs, inputs, precedingBias',
      ),
    ),
    {},
  ),
  ignore: v.optional(v.array(v.string()), []),
});

/** @throws OptionError for what is no mapping */
export function checkWeightMapping(
  mapping: unknown,
): WeightMapping & Required<Pick<WeightMapping, 'layers' | 'ignore'>> {
  return resolveOptions(schema, mapping as WeightMapping, 'weights');
}
