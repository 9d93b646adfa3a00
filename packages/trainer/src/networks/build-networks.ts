import type * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import {
  OptionError,
  ShapeError,
  type Architecture,
  type Method,
  type NetworkShape,
  type RandomStream,
  type Role,
  type RoleId,
} from '@dist-gan/core';

export type Networks = Readonly<Record<RoleId, LayersModel>>;

/**
 * Builds one network for each role of the method, and checks that it has the inputs and outputs that
 * its kind promises.
 *
 * @param random each role's weights are drawn from `random.derive(role.id)`
 * @throws OptionError when the architecture has no network of a kind that the method needs
 * @throws ShapeError when a network has other inputs or outputs than its kind promises
 */
export function buildNetworks(
  method: Method,
  architecture: Architecture,
  shape: NetworkShape,
  random: RandomStream,
): Networks {
  assertBuilds(architecture, method);
  const networks: Record<RoleId, LayersModel> = {};
  try {
    for (const role of method.roles) {
      networks[role.id] = buildNetwork(role, architecture, shape, random);
      assertKind(networks[role.id], role, packedShape(shape, role), architecture.id);
    }
    return networks;
  } catch (error) {
    disposeNetworks(networks);
    throw error;
  }
}

/** @throws OptionError when the architecture has no network of a kind that the method needs */
export function assertBuilds(architecture: Architecture, method: Method): void {
  const missing = method.roles.find(({ kind }) => !architecture.kinds.includes(kind));
  if (missing === undefined) return;
  throw new OptionError(
    `fit.architecture: the method ${method.id} needs a network of kind ${missing.kind} for its role ${missing.id}, ` +
      `and ${architecture.id} builds ${architecture.kinds.join(', ')}; choose another architecture, or another method`,
    'fit.architecture',
    architecture.id,
  );
}

/** The network of one role, as {@link buildNetworks} builds it. */
export function buildNetwork(
  role: Role,
  architecture: Architecture,
  shape: NetworkShape,
  random: RandomStream,
): LayersModel {
  return architecture.build(role.kind, packedShape(shape, role), random.derive(role.id));
}

/**
 * A discriminator that judges several samples together sees them one after the other along the last axis, and latents alike; one of
 * sets along a first axis of their own.
 */
function packedShape(shape: NetworkShape, { kind, packing = 1 }: Role): NetworkShape {
  const { sampleShape, latentDimension } = shape;
  if (kind === 'set-discriminator' || kind === 'two-set-discriminator') {
    return { ...shape, sampleShape: [packing, ...sampleShape] };
  }
  if (packing === 1) return shape;
  const samples = [...sampleShape.slice(0, -1), packing * sampleShape.at(-1)!];
  const judgesLatents = kind === 'joint-discriminator' || kind === 'latent-discriminator';
  return { sampleShape: samples, latentDimension: (judgesLatents ? packing : 1) * latentDimension };
}

export function disposeNetworks(networks: Networks): void {
  for (const network of Object.values(networks)) network.dispose();
}

/** The weights that training changes, as the variables that hold them. */
export function trainableWeights(network: LayersModel): tf.Variable[] {
  return network.getWeights(true) as tf.Variable[];
}

/** What layers keep beside weights: batch norm's moving averages, for instance. */
export function nonTrainableWeights(network: LayersModel): tf.Variable[] {
  return network.nonTrainableWeights.map((weight) => weight.read() as tf.Variable);
}

/** Trainable weights first, then the others. */
export function allWeights(network: LayersModel): tf.Variable[] {
  return [...trainableWeights(network), ...nonTrainableWeights(network)];
}

function assertKind(network: LayersModel, role: Role, shape: NetworkShape, architecture: string): void {
  const latents = [null, shape.latentDimension];
  const samples = [null, ...shape.sampleShape];
  const inputs = network.inputs.map((input) => input.shape);
  const outputs = network.outputs.map((output) => output.shape);
  switch (role.kind) {
    case 'generator':
      expectShape('input', inputs[0], latents);
      expectLabels();
      if (outputs.length > 2) fail('outputs', [outputs.length], 'samples, or samples and logits');
      for (const output of outputs) expectShape('output', output, samples);
      return;
    case 'encoder':
      expectShape('input', inputs[0], samples);
      if (outputs.length !== 1) fail('outputs', [outputs.length], 'latents alone');
      expectShape('output', outputs[0], latents);
      return;
    case 'gaussian-encoder':
      expectShape('input', inputs[0], samples);
      if (outputs.length !== 2) fail('outputs', [outputs.length], 'mean and logarithm of the variance');
      for (const output of outputs) expectShape('output', output, latents);
      return;
    case 'discriminator':
      expectShape('input', inputs[0], samples);
      expectLabels();
      expectJudgement();
      return;
    case 'set-discriminator':
    case 'two-set-discriminator':
      expectShape('input', inputs[0], samples);
      expectJudgement();
      return;
    case 'recognition-discriminator':
      expectShape('input', inputs[0], samples);
      if (outputs.length !== 3) fail('outputs', [outputs.length], 'logits, features and codes');
      expectShape('codes', outputs.pop()!, latents);
      expectJudgement();
      return;
    case 'joint-discriminator':
      if (inputs.length !== 2) fail('inputs', [inputs.length], 'samples and latents');
      expectShape('samples', inputs[0], samples);
      expectShape('latents', inputs[1], latents);
      expectJudgement();
      return;
    case 'latent-discriminator':
      expectShape('input', inputs[0], latents);
      expectJudgement();
      return;
    case 'autoencoder':
      expectShape('input', inputs[0], samples);
      if (outputs.length !== 2) fail('outputs', [outputs.length], 'reconstruction and code');
      expectShape('reconstruction', outputs[0], samples);
      expectShape('code', outputs[1], [null, outputs[1].at(-1) ?? null]);
  }

  function expectLabels(): void {
    if (inputs.length === 1) return;
    if (inputs.length > 2) fail('inputs', [inputs.length], 'one, or one and labels');
    expectShape('labels', inputs[1], [null, inputs[1].at(-1) ?? null]);
  }

  function expectJudgement(): void {
    if (outputs.length !== 2) fail('outputs', [outputs.length], 'logits and features');
    expectShape('logits', outputs[0], [null, 1]);
    expectShape('features', outputs[1], [null, outputs[1].at(-1) ?? null]);
  }

  function expectShape(what: string, actual: (number | null)[], expected: (number | null)[]): void {
    const same = actual.length === expected.length && actual.every((size, i) => size === expected[i]);
    if (!same) fail(what, actual, print(expected));
  }

  function fail(what: string, actual: (number | null)[], expected: string): never {
    throw new ShapeError(
      `${architecture}: the ${what} of the network for the role ${role.id} must be ${expected} ` +
        `for a ${role.kind}, got ${print(actual)}`,
      `${role.id} ${what}`,
      actual,
      expected,
    );
  }
}

function print(shape: readonly (number | null)[]): string {
  return `[${shape.map((size) => size ?? 'batch').join(', ')}]`;
}
