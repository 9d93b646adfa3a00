import { compile, type Compiled, type CompileOptions } from '@dist-gan/compiler';
import { RandomStream } from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Settings } from '../settings/settings.js';
import { fromShare, latticeSide, sampleCount, scoreSide, slopeSide, type Frame } from './messages.js';

type Pictures = Pick<Frame, 'samples' | 'lattice' | 'scores' | 'slopes'>;

/** Looks at the networks of a run: everything that is drawn comes out of one compiled graph, with its second copy of the weights. */
export class View {
  private constructor(
    private readonly program: Compiled,
    private readonly feeds: Readonly<Record<string, Float32Array>>,
  ) {}

  static async open(
    generator: LayersModel,
    discriminator: LayersModel,
    { latents, seed }: Settings,
    engine: Pick<CompileOptions, 'runtime' | 'device'>,
  ): Promise<View> {
    const { dimension, distribution } = latents;
    const random = RandomStream.fromSeed(seed).derive('view');
    const drawn =
      distribution === 'uniform'
        ? random.uniform(sampleCount * dimension, { low: -1, high: 1 })
        : random.normal(sampleCount * dimension);
    const feeds = {
      latents: drawn,
      nodes: latentLattice(dimension, distribution === 'uniform' ? 1 : 2),
      scored: squareGrid(scoreSide),
      sloped: squareGrid(slopeSide),
    };
    const score = (x: tf.Tensor) => firstOutput(discriminator, x);
    const program = await compile(
      ({ latents, nodes, scored, sloped }) => ({
        samples: firstOutput(generator, latents),
        lattice: firstOutput(generator, nodes),
        scores: score(scored),
        slopes: tf.grad((x: tf.Tensor) => tf.sum(score(x)))(sloped),
      }),
      {
        ...engine,
        inputs: {
          latents: { shape: [sampleCount, dimension] },
          nodes: { shape: [latticeSide ** 2, dimension] },
          scored: { shape: [scoreSide ** 2, 2] },
          sloped: { shape: [slopeSide ** 2, 2] },
        },
      },
    );
    return new View(program, feeds);
  }

  /** With the weights that the networks' variables have now. */
  async look(): Promise<Pictures> {
    await this.program.writeVariables();
    const { samples, lattice, scores, slopes } = await this.program.run(this.feeds);
    return {
      samples: samples.data as Float32Array,
      lattice: lattice.data as Float32Array,
      scores: scores.data as Float32Array,
      slopes: slopes.data as Float32Array,
    };
  }
}

function firstOutput(network: LayersModel, x: tf.Tensor): tf.Tensor {
  const outputs = network.apply(x) as tf.Tensor | tf.Tensor[];
  return Array.isArray(outputs) ? outputs[0] : outputs;
}

/** The first two latents over a square, the others at 0. */
function latentLattice(dimension: number, reach: number): Float32Array {
  const latents = new Float32Array(latticeSide ** 2 * dimension);
  const at = (index: number) => reach * ((2 * index) / (latticeSide - 1) - 1);
  for (let row = 0; row < latticeSide; row++) {
    for (let column = 0; column < latticeSide; column++) {
      const offset = (row * latticeSide + column) * dimension;
      latents[offset] = at(column);
      if (dimension > 1) latents[offset + 1] = at(row);
    }
  }
  return latents;
}

/** The middles of the cells of the drawn plane, row after row from the lower left. */
function squareGrid(side: number): Float32Array {
  return Float32Array.from({ length: 2 * side ** 2 }, (_, i) => {
    const cell = i >> 1;
    const place = i % 2 === 0 ? cell % side : Math.floor(cell / side);
    return fromShare((place + 0.5) / side);
  });
}
