import { RandomStream, ShapeError, type Architecture, type NetworkKind } from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import { serialization } from '@tensorflow/tfjs-core';
import {
  initializers,
  input,
  layers,
  model,
  type LayersModel,
  type SymbolicTensor,
} from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { failedChecks } from '../check.js';
import type { ArchitectureSubject } from './architecture-subject.js';
import { architectureChecks, describeArchitecture } from './architecture-checks.js';

/** What a broken version changes; the rest stays right. */
interface Change {
  readonly first?: (to: SymbolicTensor) => SymbolicTensor;
  readonly outputs?: (to: SymbolicTensor, kind: NetworkKind) => SymbolicTensor | SymbolicTensor[];
  readonly random?: (random: RandomStream, weight: number) => RandomStream;
  readonly afterBuild?: (network: LayersModel) => void;
}

/** Passes on whole numbers, which have no gradient. */
class Rounded extends layers.Layer {
  static readonly className = 'Rounded';
  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => tf.round(tf.mul([inputs].flat()[0], 10)));
  }
}

/** Divides by the largest number of its input, which it reads. */
class Reading extends layers.Layer {
  static readonly className = 'Reading';
  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [given] = [inputs].flat();
    return tf.tidy(() => tf.div(given, Math.max(1, tf.max(given).dataSync()[0])));
  }
}

/** Adds another number each time. */
class Counting extends layers.Layer {
  static readonly className = 'Counting';
  private calls = 0;
  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.add([inputs].flat()[0], ++this.calls);
  }
}

/** Passes its input on; its gradient is half of what it should be, or every number of it its neighbour's. */
class WrongGradient extends layers.Layer {
  static readonly className = 'WrongGradient';
  constructor(private readonly wrong: 'halved' | 'turned') {
    super({});
  }
  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const pass = tf.customGrad((x) => ({
      value: tf.clone(x as tf.Tensor),
      gradFunc: (dy: tf.Tensor) => (this.wrong === 'halved' ? tf.mul(dy, 0.5) : tf.gather(dy, [1, 2, 0], 1)),
    }));
    return pass([inputs].flat()[0]);
  }
  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig(), wrong: this.wrong };
  }
  static override fromConfig<T extends serialization.Serializable>(
    layer: serialization.SerializableConstructor<T>,
    config: serialization.ConfigDict,
  ): T {
    return new layer(config['wrong']);
  }
}
for (const layer of [Rounded, Reading, Counting, WrongGradient]) serialization.registerClass(layer);

function dense(units: number, to: SymbolicTensor, options: object = {}): SymbolicTensor {
  return layers.dense({ units, activation: 'softplus', ...options }).apply(to) as SymbolicTensor;
}

function linear(units: number, to: SymbolicTensor): SymbolicTensor {
  return dense(units, to, { activation: 'linear' });
}

function sigmoid(to: SymbolicTensor): SymbolicTensor {
  return layers.activation({ activation: 'sigmoid' }).apply(to) as SymbolicTensor;
}

function rightOutputs(to: SymbolicTensor, kind: NetworkKind): SymbolicTensor | SymbolicTensor[] {
  if (kind === 'encoder') return linear(2, to);
  if (kind === 'discriminator') return [linear(1, to), to];
  const logits = linear(2, to);
  return [sigmoid(logits), logits];
}

/** One hidden layer of 3 units between points of the plane. */
function tinyArchitecture(change: Change = {}, kinds: readonly NetworkKind[] = allKinds): Architecture {
  return {
    id: 'tiny',
    title: 'Tiny',
    source: { title: 'Made for this test', year: 2026 },
    options: {},
    kinds,
    build: (kind, { sampleShape }, random) => {
      if (sampleShape.length !== 1) {
        throw new ShapeError('tiny: samples must be points', 'sampleShape', sampleShape, '[2]');
      }
      const inputs = input({ shape: [2] });
      const network = model({
        inputs,
        outputs: (change.outputs ?? rightOutputs)(dense(3, change.first?.(inputs) ?? inputs), kind),
      });
      for (const [i, weight] of network.trainableWeights.entries()) {
        const variable = weight.read() as tf.Variable;
        const stream = change.random?.(random, i) ?? random.derive(i);
        const values = tf.tensor(stream.normal(variable.size), variable.shape);
        variable.assign(values);
        values.dispose();
      }
      change.afterBuild?.(network);
      return network;
    },
  };
}

const allKinds: readonly NetworkKind[] = ['generator', 'encoder', 'discriminator'];

const right: ArchitectureSubject = {
  architecture: tinyArchitecture(),
  shape: { sampleShape: [2], latentDimension: 2 },
  // 2 * 3 + 3 for the hidden layer, 3 * units + units for the last.
  parameters: { generator: 9 + 8, encoder: 9 + 8, discriminator: 9 + 4 },
  featureDimension: 3,
  unsupported: [{ sampleShape: [2, 2, 1], latentDimension: 2 }],
};

describeArchitecture('a right architecture', right);

describe('architectureChecks', () => {
  const kept: tf.Tensor[] = [];

  const broken: {
    what: string;
    kind: NetworkKind;
    change: Change;
    parameters?: number;
    fails: string[];
  }[] = [
    {
      what: 'a discriminator without features',
      kind: 'discriminator',
      change: { outputs: (to) => linear(1, to) },
      fails: ['has the shapes that its kind promises'],
    },
    {
      what: 'features that are not as wide as announced',
      kind: 'discriminator',
      change: { outputs: (to) => [linear(1, to), linear(4, to)] },
      parameters: 9 + 4 + 16,
      fails: ['has the shapes that its kind promises'],
    },
    {
      what: 'logits that are not those of the samples',
      kind: 'generator',
      change: { outputs: (to) => [linear(2, to), linear(2, to)] },
      parameters: 9 + 8 + 8,
      fails: ['has the shapes that its kind promises'],
    },
    {
      what: 'a sigmoid whose logits nobody is given',
      kind: 'generator',
      change: { outputs: (to) => sigmoid(linear(2, to)) },
      fails: ['has the shapes that its kind promises'],
    },
    {
      what: 'samples that are rounded first',
      kind: 'discriminator',
      change: { first: (to) => new Rounded({}).apply(to) as SymbolicTensor },
      fails: ['lets gradients through to its inputs'],
    },
    ...(['halved', 'turned'] as const).map((wrong) => ({
      what: `a gradient that is ${wrong} on its way to the first layer`,
      kind: 'encoder' as const,
      change: {
        outputs: (to: SymbolicTensor) => linear(2, new WrongGradient(wrong).apply(to) as SymbolicTensor),
      },
      fails: ['has the gradients of its outputs'],
    })),
    {
      what: 'a layer that reads a value',
      kind: 'encoder',
      change: { first: (to) => new Reading({}).apply(to) as SymbolicTensor },
      fails: ['is a pure function of its input'],
    },
    {
      what: 'a layer that counts its calls',
      kind: 'encoder',
      change: { first: (to) => new Counting({}).apply(to) as SymbolicTensor },
      fails: [
        'is a pure function of its input',
        'has the gradients of its outputs',
        'gives identical outputs after save and load',
      ],
    },
    {
      what: 'an encoder of the wrong width',
      kind: 'encoder',
      change: { outputs: (to) => linear(3, to) },
      parameters: 9 + 12,
      fails: ['has the shapes that its kind promises'],
    },
    {
      what: 'another number of parameters',
      kind: 'encoder',
      change: {},
      parameters: 18,
      fails: ['has the counted parameters'],
    },
    {
      what: 'a weight without influence',
      kind: 'encoder',
      // A bias before a batch norm that takes the mean away.
      change: { outputs: (to) => layers.batchNormalization().apply(linear(2, to)) as SymbolicTensor },
      parameters: 9 + 8 + 4,
      fails: ['trains every weight'],
    },
    {
      what: 'a weight that is not connected',
      kind: 'encoder',
      change: { outputs: (to) => new HalfUsed({}).apply(linear(2, to)) as SymbolicTensor },
      parameters: 9 + 8 + 2,
      // Its class is not registered either.
      fails: ['trains every weight', 'gives identical outputs after save and load'],
    },
    {
      what: 'weights that no stream decides',
      kind: 'encoder',
      change: { random: (_, weight) => RandomStream.fromSeed((serial += 1)).derive(weight) },
      fails: ['draws its weights from the stream alone'],
    },
    {
      what: 'weights that are always the same',
      kind: 'encoder',
      change: { random: (_, weight) => RandomStream.fromSeed(7).derive(weight) },
      fails: ['draws its weights from the stream alone'],
    },
    {
      what: 'the same numbers for two weights',
      kind: 'encoder',
      // The kernels of the first and the third layer.
      change: { random: (random, weight) => random.derive(weight === 4 ? 0 : weight), outputs: twoMore },
      parameters: 9 + 8 + 9 + 8,
      fails: ['draws its weights from the stream alone'],
    },
    {
      what: 'a tensor kept',
      kind: 'encoder',
      change: { afterBuild: () => kept.push(tf.keep(tf.scalar(1))) },
      fails: ['leaves no tensors behind'],
    },
  ];

  it.each(broken)('finds $what', async ({ kind, change, parameters, fails }) => {
    const failed = await failedChecks(
      architectureChecks({
        ...right,
        architecture: tinyArchitecture(change, [kind]),
        parameters: { [kind]: parameters ?? right.parameters[kind] },
        unsupported: undefined,
      }),
    );
    tf.dispose(kept);
    expect(failed).toEqual(fails.map((name) => `${kind}: ${name}`));
  });

  it('finds weights shared between instances', async () => {
    const shared = tinyArchitecture({}, ['encoder']).build('encoder', right.shape, RandomStream.fromSeed(1));
    const architecture = {
      ...tinyArchitecture({}, ['encoder']),
      build: () => model({ inputs: shared.inputs, outputs: shared.outputs }),
    };
    const failed = await failedChecks(architectureChecks({ ...right, architecture }));
    expect(failed).toContain('encoder: stands beside a second instance');
  });

  it('finds a model that cannot be loaded', async () => {
    class Unregistered extends layers.Layer {
      static readonly className = 'Unregistered';
      override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor | tf.Tensor[] {
        return inputs;
      }
    }
    const change: Change = {
      outputs: (to, kind) => rightOutputs(new Unregistered({}).apply(to) as SymbolicTensor, kind),
    };
    const failed = await failedChecks(
      architectureChecks({
        ...right,
        architecture: tinyArchitecture(change, ['encoder']),
        unsupported: undefined,
      }),
    );
    expect(failed).toEqual(['encoder: gives identical outputs after save and load']);
  });

  it('finds a shape that should have been refused', async () => {
    const unsupported = [{ sampleShape: [2], latentDimension: 2 }];
    const failed = await failedChecks(architectureChecks({ ...right, unsupported }));
    expect(failed).toEqual(['refuses shapes that it cannot serve']);
  });
});

let serial = 100;

/** Passes its input on; its weight does nothing. */
class HalfUsed extends layers.Layer {
  static readonly className = 'HalfUsed';
  override build(): void {
    this.addWeight('idle', [2], 'float32', initializers.zeros());
    super.build([]);
  }
  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.clone(Array.isArray(inputs) ? inputs[0] : inputs);
  }
}

/** Two more layers, the second of them shaped as the first of the network. */
function twoMore(to: SymbolicTensor): SymbolicTensor {
  return linear(2, dense(3, linear(2, to)));
}
