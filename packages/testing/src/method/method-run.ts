import {
  RandomStream,
  type Method,
  type NetworkKind,
  type Phase,
  type PhaseContext,
  type PhaseInput,
  type PhaseLoss,
  type RoleId,
  type SamplesWithLatents,
} from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { forbidReads } from '../forbid-reads.js';
import { buildTinyNetworks, latentDimension, sampleDimension } from './tiny-networks.js';

const batchSize = 6;

/** A method with tiny networks, ready to run its phases by hand. The caller disposes it. */
export class MethodRun {
  /** Roles whose networks a loss has called, and inputs that it has read, by phase. */
  readonly rolesUsed = new Set<RoleId>();
  readonly inputsRead = new Set<string>();
  private readonly networks: Map<RoleId, LayersModel>;
  private readonly variables: Record<string, tf.Variable>;

  /** @param sampleShape a shape of `sampleDimension` numbers; networks see them one after the other */
  constructor(
    readonly method: Method,
    private readonly sampleShape: readonly number[] = [sampleDimension],
  ) {
    this.networks = buildTinyNetworks(method);
    this.variables = Object.fromEntries(
      Object.entries(method.variables ?? {}).map(([name, value]) => [
        name,
        tf.tidy(() => tf.variable(tf.scalar(value))),
      ]),
    );
  }

  dispose(): void {
    for (const network of this.networks.values()) network.dispose();
    tf.dispose(this.variables);
  }

  trainable(role: RoleId): tf.Variable[] {
    return this.network(role).trainableWeights.map((weight) => weight.read() as tf.Variable);
  }

  /** The values of every trainable weight, by role. */
  readWeights(): Record<RoleId, Float32Array[]> {
    return Object.fromEntries(
      [...this.networks.keys()].map((role) => [
        role,
        this.trainable(role).map((variable) => variable.dataSync().slice() as Float32Array),
      ]),
    );
  }

  readVariables(): Record<string, number> {
    return Object.fromEntries(
      Object.entries(this.variables).map(([name, variable]) => [name, variable.dataSync()[0]]),
    );
  }

  /**
   * The loss of a phase, once, at that progress of the run, in a step in which everything of an interval happens, or nothing.
   * Call it inside a tidy.
   */
  loss(phase: Phase, progress = 0.5, due = true): PhaseLoss {
    return phase.loss(this.context(phase, progress, due));
  }

  /** One update of a phase: gradient descent on the weights of `updates`, then `after`. */
  update(phase: Phase): void {
    tf.tidy(() => {
      const context = this.context(phase, 0.5);
      const variables = phase.updates.flatMap((role) => this.trainable(role));
      let terms: PhaseLoss['terms'] = {};
      const { grads } = tf.variableGrads(() => {
        const loss = phase.loss(context);
        terms = Object.fromEntries(
          Object.entries(loss.terms).map(([name, term]) => [name, tf.keep(tf.clone(term))]),
        );
        return loss.total;
      }, variables);
      for (const variable of variables) {
        // TensorFlow.js gives null for a weight that the loss does not depend on.
        const gradient = grads[variable.name] as tf.Tensor | null;
        if (gradient) variable.assign(tf.sub(variable, tf.mul(0.01, gradient)));
      }
      try {
        forbidReads(() => phase.after?.(context, terms));
      } finally {
        Object.values(terms).forEach((term) => term.dispose());
      }
    });
  }

  private context(phase: Phase, progress: number, due = true): PhaseContext {
    const intervals = this.method.phases.flatMap(({ intervals: own = [] }) => own);
    const inputs = Object.fromEntries(
      phase.inputs.map((input) => [input.name, drawInput(phase, input, progress, this.sampleShape)]),
    );
    return {
      inputs: new Proxy(inputs, {
        get: (target, name: string) => {
          if (!(name in target)) throw new Error(`phase ${phase.name} has no input "${name}"`);
          this.inputsRead.add(`${phase.name}/${name}`);
          return target[name];
        },
      }),
      variables: this.variables,
      generate: (latents, role = 'generator') => {
        const [samples, logits] = this.apply(role, ['generator'], latents).map((rows) => this.shaped(rows));
        return { samples, logits };
      },
      encode: (samples, role = 'encoder') => this.apply(role, ['encoder'], flat(samples))[0] as tf.Tensor2D,
      encodeDistribution: (samples, role = 'encoder') => {
        const [mean, logVariance] = this.apply(role, ['gaussian-encoder'], flat(samples)) as tf.Tensor2D[];
        return { mean, logVariance };
      },
      discriminate: (input, role = 'discriminator') => {
        const [logits, features, codes] = this.judge(role, input) as (tf.Tensor2D | undefined)[];
        return { logits: logits!, features: features!, ...(codes !== undefined && { codes }) };
      },
      autoencode: (samples, role = 'discriminator') => {
        const [reconstruction, code] = this.apply(role, ['autoencoder'], flat(samples));
        return { samples, reconstruction: this.shaped(reconstruction), code: code as tf.Tensor2D };
      },
      isDue: (interval) => {
        if (!intervals.includes(interval))
          throw new Error(
            `phase ${phase.name} asks what is due every ${interval} steps, and no phase lists that among its intervals`,
          );
        return due;
      },
      weights: (role) => this.trainable(role),
      withWeights: (role, weights, compute) => this.withWeights(role, weights, compute),
    };
  }

  private judge(role: RoleId, input: tf.Tensor | SamplesWithLatents): tf.Tensor[] {
    const packing = this.method.roles.find(({ id }) => id === role)?.packing ?? 1;
    // Samples, and sets of them, are given flat: to lay them one after the other is a reshape.
    const pack = (rows: tf.Tensor): tf.Tensor => {
      const [batch, size] = rows.shape as [number, number];
      return packing === 1 ? rows : tf.reshape(rows, [batch / packing, packing * size]);
    };
    if ('samples' in input) {
      return this.apply(role, ['joint-discriminator'], [pack(flat(input.samples)), pack(input.latents)]);
    }
    const kinds = [
      'discriminator',
      'recognition-discriminator',
      'latent-discriminator',
      'set-discriminator',
      'two-set-discriminator',
    ] as const;
    return this.apply(role, kinds, pack(flat(input)));
  }

  /** Rows of numbers as samples. */
  private shaped(rows: tf.Tensor): tf.Tensor {
    return tf.reshape(rows, [rows.shape[0], ...this.sampleShape]);
  }

  private apply(role: RoleId, kinds: readonly NetworkKind[], input: tf.Tensor | tf.Tensor[]): tf.Tensor[] {
    const network = this.network(role);
    const actual = this.method.roles.find(({ id }) => id === role)?.kind;
    if (actual === undefined || !kinds.includes(actual)) {
      throw new Error(`role "${role}" is a ${actual}, used as a ${kinds.join(' or ')}`);
    }
    this.rolesUsed.add(role);
    const outputs = network.apply(input, { training: true }) as tf.Tensor | tf.Tensor[];
    return Array.isArray(outputs) ? outputs : [outputs];
  }

  private withWeights<Result>(role: RoleId, weights: readonly tf.Tensor[], compute: () => Result): Result {
    // Where TensorFlow.js's layers keep the variable that they read.
    const holders = this.network(role).trainableWeights as unknown as { val: tf.Tensor }[];
    const own = holders.map(({ val }) => val);
    holders.forEach((holder, i) => (holder.val = weights[i]));
    try {
      return compute();
    } finally {
      holders.forEach((holder, i) => (holder.val = own[i]));
    }
  }

  private network(role: RoleId): LayersModel {
    const network = this.networks.get(role);
    if (!network) throw new Error(`the method has no role "${role}"`);
    return network;
  }
}

/** Samples as rows of numbers. */
function flat(samples: tf.Tensor): tf.Tensor2D {
  return tf.reshape(samples, [samples.shape[0], -1]);
}

function drawInput(
  phase: Phase,
  input: PhaseInput,
  progress: number,
  sampleShape: readonly number[],
): tf.Tensor {
  const random = RandomStream.fromSeed(2).derive(phase.name).derive(input.name);
  const samples = [batchSize, ...sampleShape];
  const latents = [batchSize, latentDimension];
  switch (input.kind) {
    case 'real':
      return tf.tensor(random.uniform(batchSize * sampleDimension), samples);
    case 'latents':
      return tf.tensor(random.uniform(batchSize * latentDimension, { low: -1, high: 1 }), latents);
    case 'uniform':
      return tf.tensor(random.uniform(batchSize), [batchSize, 1]);
    case 'normal':
      return input.of === 'latents'
        ? tf.tensor(random.normal(batchSize * latentDimension), latents)
        : tf.tensor(random.normal(batchSize * sampleDimension), samples);
    case 'stage':
      return input.of === 'latents'
        ? tf.tensor(random.normal(batchSize * latentDimension), latents)
        : tf.tensor(random.uniform(batchSize * sampleDimension), samples);
    case 'schedule':
      return tf.scalar(input.value(progress));
  }
}
