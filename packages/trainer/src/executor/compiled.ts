import { BackendError, isGanError } from '@dist-gan/core';
import { compile, type Compiled, type CompileOptions } from '@dist-gan/compiler';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { mapValues } from '../map-values.js';
import { applyInOrder, inputShape } from '../networks/apply-eagerly.js';
import type { CompilerOptions, Executor, ExecutorOptions } from './executor.js';
import { packLosses } from './pack-losses.js';

/**
 * Runs the step as one compiled graph. The state lives in the engine between steps; samples come from a second
 * program for each chain of networks, which gets the weights when it is asked after a step.
 *
 * @throws BackendError when the engine is not installed or has no such device
 * @throws CompileError when the step cannot be recorded
 */
export async function createCompiledExecutor(
  { step, shapes, batchSize }: ExecutorOptions,
  options: CompilerOptions = {},
): Promise<Executor> {
  const packed = packLosses(step);
  const program = await compileOrExplain(packed.run, {
    ...options,
    inputs: mapValues(shapes, (shape) => ({ shape })),
  });
  const samplers: Sampler[] = [];
  let stepsRun = 0;
  let stepsRead = 0;

  const readState = async () => {
    if (stepsRead === stepsRun) return;
    await program.readVariables();
    stepsRead = stepsRun;
  };

  const samplerOf = async (networks: readonly LayersModel[]): Promise<Compiled> => {
    await readState();
    let sampler = samplers.find((made) => sameItems(made.networks, networks));
    if (sampler === undefined) {
      sampler = { networks, program: compileSampler(networks), ofStep: stepsRun };
      samplers.push(sampler);
    }
    const compiled = await sampler.program;
    if (sampler.ofStep !== stepsRun) {
      sampler.ofStep = stepsRun;
      await compiled.writeVariables();
    }
    return compiled;
  };

  const compileSampler = (networks: readonly LayersModel[]) =>
    compile(
      // In training mode moving averages change; they change in the sampler's copy of the state only.
      ({ batch }) => ({ output: applyInOrder(networks, batch) }),
      // Where the step runs is settled, and told.
      { ...options, target, device, inputs: { batch: { shape: [batchSize, ...inputShape(networks[0])] } } },
    );

  const { target, device, engine } = program.report;
  return {
    id: 'compiled',
    engine: { target, device, engine },
    async run(feeds) {
      const { losses } = await program.run(feeds);
      stepsRun++;
      return packed.unpack(losses.data);
    },
    async apply(networks, batch) {
      const sampler = await samplerOf(networks);
      return (await sampler.run({ batch })).output.data as Float32Array;
    },
    readState,
    async dispose() {
      program.dispose();
      const compiled = await Promise.allSettled(samplers.map((sampler) => sampler.program));
      for (const sampler of compiled) if (sampler.status === 'fulfilled') sampler.value.dispose();
    },
  };
}

/** A chain of networks as a program, with the weights of a step. */
interface Sampler {
  readonly networks: readonly LayersModel[];
  readonly program: Promise<Compiled>;
  ofStep: number;
}

function sameItems(left: readonly unknown[], right: readonly unknown[]): boolean {
  return left.length === right.length && left.every((item, i) => item === right[i]);
}

async function compileOrExplain(
  step: Parameters<typeof compile>[0],
  options: CompileOptions,
): Promise<Compiled> {
  try {
    return await compile(step, options);
  } catch (error) {
    if (!isGanError(error, 'BACKEND_UNAVAILABLE')) throw error;
    throw new BackendError(
      `fit: the step cannot be compiled: ${error.message} Or train with executor: 'eager'.`,
      (error as BackendError).backend,
      { cause: error },
    );
  }
}
