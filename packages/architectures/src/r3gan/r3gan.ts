import { OptionError, resolveOptions, type Architecture } from '@dist-gan/core';
import { assertImageShape } from '../network/assert-shape.js';
import { buildR3ganNetwork, smallestSize } from './r3gan-networks.js';
import { r3ganSchema, type R3ganArchitectureOptions } from './r3gan-options.js';

/**
 * The residual networks of R3GAN: no norm, no strided convolution, no mapping network. Blocks of 1 x 1, grouped 3 x 3 and 1 x 1
 * convolutions with leaky ReLU, scaled so that each block starts as the identity; [1, 3, 3, 1] filters between stages; a learned
 * 4 x 4 image per channel at the small end. Defaults are those of CIFAR-10.
 *
 * Kernels are drawn from N(0, gain^2 / fan-in). The discriminator's features are its last channels, before the linear logit. It serves
 * images of 4 * 2^(stages - 1) pixels each way. What training needs beside (R1, R2, their falling weight) is the method's.
 *
 * @throws OptionError when an option is unknown or out of range, or lists do not fit each other
 * @see Huang, Gokaslan, Kuleshov, Tompkin, "The GAN is dead; long live the GAN! A modern baseline GAN", 2024, arXiv 2501.05441
 */
export function r3ganResnet(options?: R3ganArchitectureOptions): Architecture {
  const id = 'r3gan';
  const resolved = resolveOptions(r3ganSchema, options, id);
  const { widths, cardinalities, expansion } = resolved;
  if (cardinalities.length !== widths.length) {
    throw new OptionError(
      `${id}.cardinalities: lists ${cardinalities.length} stages and widths ${widths.length}; give one for each width`,
      `${id}.cardinalities`,
      cardinalities,
    );
  }
  widths.forEach((width, stage) => {
    if ((expansion * width) % cardinalities[stage] === 0) return;
    throw new OptionError(
      `${id}.cardinalities.${stage}: must divide the ${expansion * width} channels inside a block (got ${cardinalities[stage]})`,
      `${id}.cardinalities.${stage}`,
      cardinalities[stage],
    );
  });
  const size = smallestSize * 2 ** (widths.length - 1);
  return {
    id,
    title: "R3GAN's residual networks",
    source: {
      title: 'Huang, Gokaslan, Kuleshov, Tompkin: The GAN is dead; long live the GAN! A modern baseline GAN',
      year: 2024,
      reference: 'arXiv:2501.05441',
      code: 'brownvc/R3GAN R3GAN/Networks.py',
    },
    options: resolved,
    kinds: ['generator', 'discriminator'],
    build(kind, shape, random) {
      if (kind !== 'generator' && kind !== 'discriminator') {
        throw new OptionError(`${id} builds generator and discriminator, not a ${kind}`, 'kind', kind);
      }
      assertImageShape(id, shape, `[${size}, ${size}, channels]`, (height, width) => {
        return height === size && width === size;
      });
      return buildR3ganNetwork(kind, shape, resolved, random);
    },
  };
}
