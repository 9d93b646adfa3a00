import { BackendError, isGanError } from '@dist-gan/core';
import { compile, type Compiled, type CompileOptions } from '@dist-gan/compiler';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { TrainingStep } from '../step/training-step.js';
import { mapValues } from '../map-values.js';
import { applyInOrder, rowShape } from '../networks/apply-eagerly.js';
import type { CompilerOptions, Executor, ExecutorOptions } from './executor.js';
import { packStep, type PackedStep } from './pack-step.js';

/**
 * Runs each step as one compiled graph. The state lives in the engine between steps, and moves to another step's program
 * when that one is run; samples come from a second program for each chain of networks, which gets the weights when it is asked
 * after a step.
 *
 * @throws BackendError when the engine is not installed or has no such device
 * @throws CompileError when a step cannot be recorded
 */
export async function createCompiledExecutor(
  { steps: [firstStep, ...otherSteps], shapes, batchSize }: ExecutorOptions,
  options: CompilerOptions = {},
): Promise<Executor> {
  const compileStep = async (
    step: TrainingStep,
    more: Partial<CompileOptions> = {},
  ): Promise<StepProgram> => {
    const { run, unpack } = packStep(step);
    const inputs = mapValues(shapes, (shape) => ({ shape }));
    return { program: await compileOrExplain(run, { ...options, ...more, inputs }), unpack };
  };
  const first = await compileStep(firstStep);
  const { target, device, engine } = first.program.report;
  const programs = new Map<TrainingStep, StepProgram>([[firstStep, first]]);
  const samplers: Sampler[] = [];
  /** Whose program holds the state. */
  let holder = first.program;
  let stepsRun = 0;
  let stepsRead = 0;

  const dispose = async () => {
    for (const { program } of programs.values()) program.dispose();
    const compiled = await Promise.allSettled(samplers.map((sampler) => sampler.program));
    for (const sampler of compiled) if (sampler.status === 'fulfilled') sampler.value.dispose();
  };

  const programOf = async (step: TrainingStep): Promise<StepProgram> => {
    let made = programs.get(step);
    if (made === undefined) {
      made = await compileStep(step, { target, device });
      programs.set(step, made);
    }
    return made;
  };

  try {
    for (const step of otherSteps) await programOf(step);
  } catch (error) {
    await dispose();
    throw error;
  }

  const readState = async () => {
    if (stepsRead === stepsRun) return;
    await holder.readVariables();
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
      ({ batch }) => ({ output: applyInOrder(networks, batch) }),
      // Where the step runs is settled, and told.
      { ...options, target, device, inputs: { batch: { shape: [batchSize, ...rowShape(networks)] } } },
    );

  return {
    id: 'compiled',
    engine: { target, device, engine },
    async run(feeds, step = firstStep) {
      const { program, unpack } = await programOf(step);
      if (program !== holder) {
        await readState();
        await program.writeVariables();
        holder = program;
      }
      const { numbers } = await program.run(feeds);
      stepsRun++;
      return unpack(numbers.data);
    },
    async apply(networks, batch) {
      const sampler = await samplerOf(networks);
      return (await sampler.run({ batch })).output.data as Float32Array;
    },
    readState,
    async writeState() {
      await holder.writeVariables();
      // As after a step, the samplers' weights are old; the variables are not.
      stepsRun++;
      stepsRead = stepsRun;
    },
    dispose,
  };
}

/** A step's program, and how to read what it computes. */
interface StepProgram {
  readonly program: Compiled;
  readonly unpack: PackedStep['unpack'];
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
