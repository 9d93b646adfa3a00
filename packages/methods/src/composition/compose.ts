import {
  OptionError,
  type Draw,
  type Method,
  type OptimizerOptions,
  type Phase,
  type PhaseBatch,
  type PhaseContext,
  type PhaseInput,
  type PhaseLoss,
  type Regulariser,
  type Role,
} from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import { discriminatorRole } from './discriminator-role.js';
import { phaseBatch } from './phase-batch.js';

type PhaseName = Regulariser['phase'];

/** A loss of a base, and what it reads. */
export interface BaseLoss {
  readonly reads: readonly ('real' | 'latents')[];
  readonly inputs?: readonly PhaseInput[];
  loss(batch: PhaseBatch, context: PhaseContext): PhaseLoss;
}

/** What a method with a generator and a discriminator is made of. */
export interface Composition {
  readonly identity: Pick<Method, 'id' | 'title' | 'source' | 'options'>;
  readonly optimizer: OptimizerOptions;
  /** Step size of the generator's phase, where it is not the optimiser's. */
  readonly generatorLearningRate?: number | undefined;
  /** Updates of the discriminator in one step. */
  readonly discriminatorSteps: number;
  /** Samples that the discriminator judges together; default 1. */
  readonly packing?: number;
  readonly discriminator: BaseLoss & Pick<Phase, 'after'>;
  readonly generator: BaseLoss;
  /** Networks that the base itself needs beside the two. */
  readonly roles?: readonly Role[];
  readonly regularisers: readonly Regulariser[];
  /** How often each phase draws data and latents; default: for every update. */
  readonly draws?: (phase: PhaseName) => { readonly real: Draw; readonly latents: Draw };
}

/**
 * The method whose step is, in this order,
 *
 *     reconstruction  the regularisers of that phase, where there are any
 *     discriminator   the base's loss and the regularisers of that phase, as often as its steps say
 *     generator       the same of the generator
 *
 * @throws OptionError when two regularisers of a phase have one name, name different inputs alike, or train no network, or
 *   when one needs the features of single samples and the discriminator judges groups
 */
export function compose(composition: Composition): Method {
  const { identity, discriminator, generator, regularisers, discriminatorSteps } = composition;
  requireRows(composition);
  requireIntervals(composition);
  const variables = variablesOf(composition);
  const reconstruction = regularisers.filter(({ phase }) => phase === 'reconstruction');
  return {
    ...identity,
    roles: rolesOf(composition),
    phases: [
      ...(reconstruction.length > 0
        ? [phaseOf(composition, 'reconstruction', updatesOf(identity.id, reconstruction), 1)]
        : []),
      phaseOf(composition, 'discriminator', ['discriminator'], discriminatorSteps, discriminator),
      phaseOf(composition, 'generator', ['generator'], 1, generator),
    ],
    ...(Object.keys(variables).length > 0 && { variables }),
  };
}

/** A packed discriminator has one row of features for a group of samples. */
function requireRows({ identity, regularisers, packing = 1 }: Composition): void {
  const rowwise = regularisers.find(({ comparesRows = false }) => comparesRows);
  if (packing === 1 || rowwise === undefined) return;
  throw new OptionError(
    `${identity.id}.packing: ${rowwise.id} compares features sample by sample, and with a packing of ${packing} there is one row ` +
      'of features for each group of samples; set packing to 1, or let it compare samples',
    `${identity.id}.packing`,
    packing,
  );
}

/** What keeps variables reads terms of its own after each update, and the reconstruction phase is its regularisers alone. */
function requireIntervals({ identity, regularisers }: Composition): void {
  const refuse = (id: string, every: number, why: string): never => {
    throw new OptionError(
      `${identity.id}.regularisers: ${id} ${why} (got every: ${every})`,
      `${identity.id}.regularisers`,
      every,
    );
  };
  for (const regulariser of regularisers) {
    const { id, every = 1, phase } = regulariser;
    if (!Number.isSafeInteger(every) || every < 1) {
      refuse(id, every, 'must act every so many steps, a whole number of at least 1');
    }
    if (every === 1) continue;
    if (regulariser.after !== undefined)
      refuse(id, every, 'keeps numbers that every step changes, so that it must act in each');
    if (phase === 'reconstruction')
      refuse(id, every, 'makes a phase of its own, which must have a loss in every step');
  }
}

function variablesOf({ identity, regularisers }: Composition): Record<string, number> {
  const all: Record<string, number> = {};
  for (const { id, variables = {} } of regularisers) {
    for (const [name, value] of Object.entries(variables)) {
      if (name in all) {
        throw new OptionError(
          `${identity.id}.regularisers: ${id} keeps a variable ${name}, and so does another one; keep one of them`,
          `${identity.id}.regularisers`,
          id,
        );
      }
      all[name] = value;
    }
  }
  return all;
}

function rolesOf({ identity, roles = [], regularisers, packing = 1 }: Composition): Role[] {
  const all: Role[] = [{ id: 'generator', kind: 'generator' }];
  for (const role of [...roles, ...regularisers.flatMap(({ roles = [] }) => roles)]) {
    const known = all.find(({ id }) => id === role.id);
    if (known === undefined) all.push(role);
    else if (known.kind !== role.kind) {
      throw new OptionError(
        `${identity.id}.regularisers: one needs ${role.id} to be a ${known.kind}, another a ${role.kind}; leave one of them out`,
        `${identity.id}.regularisers`,
        role.id,
      );
    }
  }
  return [...all, discriminatorRole('discriminator', packing)];
}

function updatesOf(method: string, regularisers: readonly Regulariser[]): string[] {
  const updates = [...new Set(regularisers.flatMap(({ updates = [] }) => updates))];
  if (updates.length > 0) return updates;
  throw new OptionError(
    `${method}.regularisers: ${regularisers.map(({ id }) => id).join(', ')} in the reconstruction phase train no network; ` +
      'name the networks in updates',
    `${method}.regularisers`,
    updates,
  );
}

function phaseOf(
  { identity, optimizer, generatorLearningRate, regularisers, draws }: Composition,
  name: PhaseName,
  updates: readonly string[],
  repeats: number,
  base?: BaseLoss & Pick<Phase, 'after'>,
): Phase {
  const terms = regularisers.filter(({ phase }) => phase === name);
  requireDistinct(identity.id, name, terms);
  const reads = [base, ...terms].flatMap((part) => part?.reads ?? []);
  const draw = draws?.(name) ?? { real: 'repeat', latents: 'repeat' };
  const drawn = (['real', 'latents'] as const)
    .filter((input) => reads.includes(input))
    .map((input): PhaseInput => ({ name: input, kind: input, draw: draw[input] }));
  const own = [base, ...terms].flatMap((part) => part?.inputs ?? []);
  const parts = [base, ...terms];
  const intervals = [...new Set(terms.flatMap(({ every = 1 }) => (every > 1 ? [every] : [])))];
  return {
    name,
    updates,
    repeats,
    optimizer:
      name === 'generator' && generatorLearningRate !== undefined
        ? { ...optimizer, learningRate: generatorLearningRate }
        : optimizer,
    ...(intervals.length > 0 && { intervals }),
    inputs: [...drawn, ...shareInputs(identity.id, own)],
    loss(context) {
      const batch = phaseBatch(context);
      const start = base?.loss(batch, context);
      const due = terms.filter(({ every = 1 }) => every === 1 || context.isDue(every));
      return due.reduce<PhaseLoss | undefined>((sum, regulariser) => {
        const loss = regulariser.loss(batch, context);
        const { total: value, terms: further } = 'total' in loss ? loss : { total: loss, terms: {} };
        const weight = regulariser.weight * (regulariser.every ?? 1);
        const weighted = weight === 1 ? value : tf.mul<tf.Scalar>(weight, value);
        return {
          total: sum === undefined ? weighted : tf.add<tf.Scalar>(sum.total, weighted),
          terms: { ...sum?.terms, [regulariser.term]: value, ...further },
        };
      }, start)!;
    },
    ...(parts.some((part) => part?.after !== undefined) && {
      after(context, ofPhase) {
        for (const part of parts) part?.after?.(context, ofPhase);
      },
    }),
  };
}

function requireDistinct(method: string, phase: string, regularisers: readonly Regulariser[]): void {
  const seen = new Set<string>();
  for (const { id, term } of regularisers) {
    if (seen.has(term)) {
      throw new OptionError(
        `${method}.regularisers: ${id} is there twice in the ${phase} phase, or another one has its term ${term}, too; keep one of them`,
        `${method}.regularisers`,
        id,
      );
    }
    seen.add(term);
  }
}

/** Inputs by their names, each once. */
function shareInputs(method: string, inputs: readonly PhaseInput[]): PhaseInput[] {
  const byName = new Map<string, PhaseInput>();
  for (const input of inputs) {
    const known = byName.get(input.name);
    if (known !== undefined && !isSame(known, input)) {
      throw new OptionError(
        `${method}.regularisers: two of them call different inputs ${input.name}; give one of the inputs another name`,
        `${method}.regularisers`,
        input.name,
      );
    }
    byName.set(input.name, input);
  }
  return [...byName.values()];
}

function isSame(one: PhaseInput, other: PhaseInput): boolean {
  if (one.kind === 'schedule' || other.kind === 'schedule') return one === other;
  return JSON.stringify(one) === JSON.stringify(other);
}
